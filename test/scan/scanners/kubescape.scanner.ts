import { z } from 'zod';
import { scanEnvironment } from './scan.environment.ts';
import type { Scanner } from './scanner.ts';

const output = z.object({
  summaryDetails: z.looseObject({}),
  results: z
    .array(
      z.object({
        resourceID: z.string(),
        controls: z.array(
          z.object({ controlID: z.string(), name: z.string(), status: z.object({ status: z.string() }) }),
        ),
      }),
    )
    .nullish(),
});

/** Offline with the folder that `kubescape download artifacts` has filled. */
const artifacts = (): string[] => {
  const folder = scanEnvironment.kubescapeArtifacts;
  return folder === undefined ? [] : [`--use-artifacts-from=${folder}`];
};

export const kubescape: Scanner = {
  name: 'kubescape',
  reads: ['manifests'],
  install:
    'https://kubescape.io/docs/install-cli/; KUBESCAPE_ARTIFACTS names the folder of `kubescape download artifacts` for offline use',
  arguments: ({ path }, { report }) => [
    'scan',
    'framework',
    'nsa,mitre',
    path,
    '--format=json',
    '--format-version=v2',
    `--output=${report}`,
    '--keep-local',
    ...artifacts(),
  ],
  // Ids are like path=…/api=apps/v1/demo/Deployment/backend-api.
  parse: (text) =>
    (output.parse(JSON.parse(text)).results ?? []).flatMap(({ resourceID, controls }) =>
      controls
        .filter(({ status }) => status.status === 'failed')
        .map(({ controlID, name }) => ({
          id: controlID,
          resource: resourceID.split('/').slice(-2).join('/'),
          message: name,
        })),
    ),
};
