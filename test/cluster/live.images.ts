import type { Manifest } from '../kubernetes/manifest.ts';

/**
 * Which images the cluster under test has. `CLUSTER_IMAGES` replaces some by name, `name=image@digest`, separated by commas, and
 * `CLUSTER_PULL_POLICY` says whether to ask a registry: a cluster that is loaded from archives has none.
 */
export interface LiveImages {
  readonly replaced: ReadonlyMap<string, string>;
  readonly pullPolicy: string;
}

export function readLiveImages(environment: NodeJS.ProcessEnv): LiveImages {
  const pairs = (environment['CLUSTER_IMAGES'] ?? '').split(',').filter(Boolean);
  return {
    replaced: new Map(
      pairs.map((pair) => {
        const [name, image] = pair.split(/=(.*)/s);
        if (!name || !image) throw new Error(`CLUSTER_IMAGES: ${pair} isn't name=image`);
        return [name, image] as const;
      }),
    ),
    pullPolicy: environment['CLUSTER_PULL_POLICY'] ?? 'Always',
  };
}

interface Container {
  image: string;
  imagePullPolicy?: string;
}

/** The objects with the cluster's images: the only way in which what is tested differs from what is committed. */
export function withLiveImages(objects: readonly Manifest[], images: LiveImages): Manifest[] {
  return objects.map((object) => {
    const copy = structuredClone(object) as Manifest & {
      spec?: { template?: { spec?: { containers?: Container[] } } };
    };
    for (const container of copy.spec?.template?.spec?.containers ?? []) {
      container.image = images.replaced.get(nameOfImage(container.image)) ?? container.image;
      container.imagePullPolicy = images.pullPolicy;
    }
    return copy;
  });
}

/** `registry:5001/team/backend-api:1.0@sha256:…` is called `backend-api`. */
const nameOfImage = (image: string): string => /([^/:@]+)(?::[^/@]+)?(?:@[^/]+)?$/.exec(image)?.[1] ?? image;
