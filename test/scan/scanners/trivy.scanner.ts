import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Scanner } from './scanner.ts';

const misconfiguration = z.object({
  ID: z.string(),
  Title: z.string(),
  Message: z.string(),
  Status: z.string(),
  CauseMetadata: z.object({ StartLine: z.number().optional() }),
});
const output = z.object({
  Results: z.array(z.object({ Misconfigurations: z.array(misconfiguration).nullish() })).nullish(),
});

/** Misconfigurations only, by the checks that are built in. Its own list of trusted registries knows three clouds; ours takes its place. */
export const trivy: Scanner = {
  name: 'trivy',
  reads: ['manifests', 'dockerfile'],
  install: 'https://trivy.dev/latest/getting-started/installation/',
  arguments: ({ path }, { folder, registries }) => {
    const data = join(folder, 'trivy-data');
    mkdirSync(data);
    writeFileSync(join(data, 'data.json'), JSON.stringify({ ksv0125: { trusted_registries: registries } }));
    return [
      'config',
      '--quiet',
      '--format=json',
      '--skip-check-update',
      '--skip-version-check',
      '--disable-telemetry',
      `--config-data=${data}`,
      path,
    ];
  },
  parse: (text, input) =>
    (output.parse(JSON.parse(text)).Results ?? [])
      .flatMap(({ Misconfigurations }) => Misconfigurations ?? [])
      .filter(({ Status }) => Status !== 'PASS')
      .map(({ ID, Message, Title, CauseMetadata: { StartLine } }) => ({
        id: ID,
        resource: input.resourceAt(StartLine ?? 1),
        message: `${Title}: ${Message}`,
      })),
};
