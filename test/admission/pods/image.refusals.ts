import { append, set } from './pod.change.ts';
import { refusedBy, type RefusedPod } from './refused.pod.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const trusted = 'gcr.io/distroless/nodejs24-debian13';
const imageVolume = (reference: string): object => ({ name: 'image', image: { reference } });

/** Pods whose images nobody vouches for. */
export const imageRefusals: readonly RefusedPod[] = [
  ...refusedBy('image-digest')(
    ['has an image by tag only', set('containers.0.image', `${trusted}:24`), 'write name:tag@sha256:digest'],
    [
      'has an image without a tag',
      set('containers.0.image', `${trusted}@${digest}`),
      'write name:tag@sha256:digest',
    ],
    ['calls its image latest', set('containers.0.image', `${trusted}:latest@${digest}`), ':latest@sha256'],
    [
      'has a digest that is too short',
      set('containers.0.image', `${trusted}:1@sha256:${'a'.repeat(32)}`),
      trusted,
    ],
    ['has an init image by tag only', set('initContainers.0.image', `${trusted}:24`), `${trusted}:24; write`],
    ['mounts an image by tag only', append('volumes', imageVolume(`${trusted}:24`)), 'no digest'],
  ),
  ...refusedBy('image-registry')(
    [
      'comes from elsewhere',
      set('containers.0.image', `quay.io/a/b:1@${digest}`),
      'not from a trusted registry: quay.io',
    ],
    [
      'begins like a trusted folder',
      set('containers.0.image', `gcr.io/distroless.evil/a:1@${digest}`),
      'distroless.evil',
    ],
    [
      'begins like a trusted repository',
      set('containers.0.image', `docker.io/library/postgres-evil:1@${digest}`),
      'use one that ConfigMap kube-system/trusted-registries lists',
    ],
    [
      'is below a trusted repository',
      set('containers.0.image', `docker.io/library/postgres/a:1@${digest}`),
      'postgres/a',
    ],
    [
      'names a trusted folder inside',
      set('containers.0.image', `evil.io/gcr.io/distroless/a:1@${digest}`),
      'evil.io',
    ],
    [
      'relies on the default registry',
      set('containers.0.image', `library/postgres:1@${digest}`),
      'library/postgres',
    ],
    ['has an init image from elsewhere', set('initContainers.0.image', `quay.io/a/b:1@${digest}`), 'quay.io'],
    ['mounts an image from elsewhere', append('volumes', imageVolume(`quay.io/a/b:1@${digest}`)), 'quay.io'],
  ),
];
