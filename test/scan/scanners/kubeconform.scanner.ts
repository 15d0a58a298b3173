import { z } from 'zod';
import { scanEnvironment } from './scan.environment.ts';
import type { Scanner } from './scanner.ts';

const output = z.object({
  resources: z.array(z.object({ kind: z.string(), name: z.string(), status: z.string(), msg: z.string() })),
});

/** Schemas of the API; unknown fields and unknown kinds are findings. */
export const kubeconform: Scanner = {
  name: 'kubeconform',
  reads: ['manifests'],
  install:
    'https://github.com/yannh/kubeconform/releases; KUBECONFORM_SCHEMA_LOCATION names a folder of schemas for offline use',
  arguments: ({ path }) => [
    '-strict',
    '-output',
    'json',
    '-schema-location',
    scanEnvironment.schemaLocation ?? 'default',
    path,
  ],
  parse: (text) =>
    output.parse(JSON.parse(text)).resources.map(({ kind, name, status, msg }) => ({
      id: status,
      resource: `${kind}/${name}`,
      message: msg,
    })),
};
