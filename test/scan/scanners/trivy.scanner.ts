import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { resourceOfFile } from '../inputs/manifest.file.ts';
import type { Scanner } from './scanner.ts';

const misconfiguration = z.object({
  ID: z.string(),
  Title: z.string(),
  Message: z.string(),
  Status: z.string(),
});
const output = z.object({
  SchemaVersion: z.number(),
  Results: z
    .array(z.object({ Target: z.string(), Misconfigurations: z.array(misconfiguration).nullish() }))
    .nullish(),
});

/** Misconfigurations only, by the checks that are built in. Its own list of trusted registries knows three clouds; ours takes its place. */
export const trivy: Scanner = {
  name: 'trivy',
  reads: ['manifests', 'dockerfile'],
  install: 'https://trivy.dev/latest/getting-started/installation/',
  arguments: ({ path, objects }, { folder, registries }) => {
    // It knows whole hosts only; the admission policy is exact.
    const hosts = registries.map((registry) => registry.split('/')[0]);
    const data = join(folder, 'trivy-data');
    mkdirSync(data);
    writeFileSync(join(data, 'data.json'), JSON.stringify({ ksv0125: { trusted_registries: hosts } }));
    return [
      'config',
      '--quiet',
      '--format=json',
      '--skip-check-update',
      '--skip-version-check',
      '--disable-telemetry',
      `--config-data=${data}`,
      // In a file of several objects, checks of one kind judge all of them, and lines aren't right.
      objects ?? path,
    ];
  },
  parse: (text, input) =>
    (output.parse(JSON.parse(text)).Results ?? []).flatMap(({ Target, Misconfigurations }) =>
      (Misconfigurations ?? [])
        .filter(({ Status }) => Status !== 'PASS')
        .map(({ ID, Message, Title }) => ({
          id: ID,
          resource: input.kind === 'manifests' ? resourceOfFile(Target) : input.name,
          message: `${Title}: ${Message}`,
        })),
    ),
};
