import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { scanEnvironment } from './scan.environment.ts';
import type { Scanner } from './scanner.ts';

const file = z.object({
  line: z.number(),
  actual_value: z.string(),
  resource_type: z.string().optional(),
  resource_name: z.string().optional(),
});
const output = z.object({
  queries_total: z.number(),
  queries: z
    .array(
      z.object({
        query_id: z.string(),
        query_name: z.string(),
        severity: z.string(),
        files: z.array(file),
      }),
    )
    .nullish(),
});

/** Its queries come with its image or archive, not with the program. */
const queries = (): string[] => {
  const assets = scanEnvironment.kicsAssets;
  return assets === undefined
    ? []
    : [`--queries-path=${assets}/queries`, `--libraries-path=${assets}/libraries`];
};

export const kics: Scanner = {
  name: 'kics',
  reads: ['manifests', 'dockerfile'],
  install: 'https://docs.kics.io/latest/getting-started/; KICS_ASSETS names its folder `assets`',
  arguments: ({ path }, { report }) => [
    'scan',
    `--path=${path}`,
    '--type=Kubernetes,Dockerfile',
    '--report-formats=json',
    `--output-path=${dirname(report)}`,
    `--output-name=${basename(report, '.json')}`,
    '--ignore-on-exit=results',
    '--no-progress',
    '--silent',
    ...queries(),
  ],
  parse: (text, input) =>
    (output.parse(JSON.parse(text)).queries ?? []).flatMap(({ query_id, query_name, severity, files }) =>
      files.map(({ line, actual_value, resource_type, resource_name }) => ({
        id: query_id,
        // Where several objects have the same problem its lines are those of one of them.
        resource:
          resource_type && resource_name ? `${resource_type}/${resource_name}` : input.resourceAt(line),
        message: `${severity} ${query_name}: ${actual_value}`,
      })),
    ),
};
