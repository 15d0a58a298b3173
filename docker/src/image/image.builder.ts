import { spawnSync } from 'node:child_process';
import { UserError } from '../user.error.ts';
import { builders, type BuilderName } from './image.options.ts';

export interface ImageRecipe {
  readonly service: string;
  readonly tag: string;
  readonly version: string;
  readonly revision: string;
  /** Seconds since 1970. */
  readonly epoch: number;
  readonly builderArguments: readonly string[];
}

/** A program that makes images, and how it is told to make ours reproducible. */
const programs: Readonly<
  Record<BuilderName, { probes: string[][]; build: (recipe: ImageRecipe) => string[] }>
> = {
  docker: {
    // The second asks the daemon: without one, a client alone builds nothing.
    probes: [
      ['buildx', 'version'],
      ['version', '--format={{.Server.Version}}'],
    ],
    build: ({ tag }) => [
      'buildx',
      'build',
      '--provenance=false',
      '--sbom=false',
      `--output=type=docker,name=${tag},rewrite-timestamp=true`,
    ],
  },
  podman: { probes: [['--version']], build: timed },
  buildah: { probes: [['--version']], build: timed },
};

/** The OCI format has no place for HEALTHCHECK, which is what the builder warns of; Docker's records the host that built. */
function timed({ epoch, tag }: ImageRecipe): string[] {
  // Podman's cache of steps overlooks changed arguments: the image would tell the revision and times of an older one.
  return ['build', '--format=oci', '--layers=false', `--timestamp=${epoch}`, `--tag=${tag}`];
}

const works = (name: BuilderName): boolean =>
  programs[name].probes.every((probe) => spawnSync(name, probe, { stdio: 'ignore' }).status === 0);

/** @throws UserError when there is none */
export function findBuilder(wanted: BuilderName | undefined): BuilderName {
  const found = (wanted === undefined ? builders : [wanted]).find((name) => works(name));
  if (found === undefined)
    throw new UserError(
      wanted === undefined
        ? 'This needs docker (with buildx), podman or buildah on the PATH: https://docs.docker.com/engine/install/ or https://podman.io/docs/installation'
        : `${wanted} isn't on the PATH or doesn't work: try ${programs[wanted].probes.map((probe) => `"${wanted} ${probe.join(' ')}"`).join(' and ')}.`,
    );
  return found;
}

/**
 * The whole command line, without the program, to be run in the workspace's root.
 *
 * @see https://reproducible-builds.org/docs/source-date-epoch/
 */
export function buildCommand(builder: BuilderName, recipe: ImageRecipe): string[] {
  const { service, version, revision, epoch, builderArguments } = recipe;
  return [
    ...programs[builder].build(recipe),
    `--build-arg=SERVICE=${service}`,
    `--build-arg=VERSION=${version}`,
    `--build-arg=REVISION=${revision}`,
    `--build-arg=CREATED=${new Date(epoch * 1_000).toISOString()}`,
    `--build-arg=SOURCE_DATE_EPOCH=${epoch}`,
    ...builderArguments,
    '--file=docker/Dockerfile',
    '.',
  ];
}
