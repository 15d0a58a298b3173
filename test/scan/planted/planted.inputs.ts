import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { named } from '../inputs/scan.inputs.ts';
import { writeManifests } from '../inputs/manifest.file.ts';
import type { ScanInput } from '../scanners/scanner.ts';

/** Nothing about it is right, a misspelled field included. */
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'planted', namespace: 'planted' },
  spec: {
    replicaz: 2,
    selector: { matchLabels: { app: 'planted' } },
    template: {
      metadata: { labels: { app: 'planted' } },
      spec: {
        containers: [
          {
            name: 'planted',
            image: 'docker.io/library/busybox:latest',
            securityContext: { privileged: true },
          },
        ],
      },
    },
  },
};

const dockerfile = 'FROM docker.io/library/busybox:latest\nRUN cd /tmp && sudo ls\n';

/** Of the form of a token of GitHub, and none. */
const token = (): string => `ghp_${randomBytes(18).toString('hex')}`;

/** Inputs full of defects: a scanner that finds nothing in them doesn't work. There is no planted image. */
export function plantDefects(folder: string): ScanInput[] {
  const sources = join(folder, 'planted-sources');
  mkdirSync(sources);
  writeFileSync(join(sources, 'planted.txt'), `token = "${token()}"\n`);
  const recipe = join(folder, 'planted.Dockerfile');
  writeFileSync(recipe, dockerfile);
  return [
    writeManifests('planted manifests', join(folder, 'planted.yaml'), [deployment]),
    named('dockerfile', 'planted Dockerfile', recipe),
    named('sources', 'planted sources', sources),
  ];
}
