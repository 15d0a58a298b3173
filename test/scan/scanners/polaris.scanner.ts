import { z } from 'zod';
import type { Scanner } from './scanner.ts';

const results = z
  .record(z.string(), z.object({ ID: z.string(), Message: z.string(), Success: z.boolean() }))
  .nullish();
const output = z.object({
  Results: z.array(
    z.object({
      Kind: z.string(),
      Name: z.string(),
      Results: results,
      PodResult: z
        .object({ Results: results, ContainerResults: z.array(z.object({ Results: results })).nullish() })
        .nullish(),
    }),
  ),
});

export const polaris: Scanner = {
  name: 'polaris',
  reads: ['manifests'],
  install: 'https://github.com/FairwindsOps/polaris/releases',
  arguments: ({ path }) => [
    'audit',
    `--audit-path=${path}`,
    '--format=json',
    '--disallow-exemptions',
    '--disallow-config-exemptions',
    '--disallow-annotation-exemptions',
  ],
  parse: (text) =>
    output.parse(JSON.parse(text)).Results.flatMap(({ Kind, Name, Results, PodResult }) =>
      [Results, PodResult?.Results, ...(PodResult?.ContainerResults ?? []).map((one) => one.Results)]
        .flatMap((checks) => Object.values(checks ?? {}))
        .filter(({ Success }) => !Success)
        .map(({ ID, Message }) => ({ id: ID, resource: `${Kind}/${Name}`, message: Message })),
    ),
};
