import { z } from 'zod';
import type { Scanner } from './scanner.ts';

// null where it knows none of the kinds.
const output = z
  .array(
    z.object({
      type_meta: z.object({ kind: z.string() }),
      object_meta: z.object({ name: z.string() }),
      checks: z.array(
        z.object({
          check: z.object({ id: z.string(), name: z.string() }),
          grade: z.number(),
          skipped: z.boolean(),
          comments: z.array(z.object({ path: z.string(), summary: z.string() })).nullable(),
        }),
      ),
    }),
  )
  .nullable();

/** The best of its grades. */
const ALL_OK = 10;

export const kubeScore: Scanner = {
  name: 'kube-score',
  reads: ['manifests'],
  install: 'https://github.com/zegl/kube-score/releases',
  arguments: ({ path }) => [
    'score',
    '--output-format=json',
    '--disable-ignore-checks-annotations',
    '--enable-optional-test=container-seccomp-profile',
    '--enable-optional-test=container-ports-check',
    path,
  ],
  parse: (text) =>
    (output.parse(JSON.parse(text)) ?? []).flatMap(({ type_meta, object_meta, checks }) =>
      checks
        .filter(({ grade, skipped }) => grade < ALL_OK && !skipped)
        .map(({ check, comments }) => ({
          id: check.id,
          resource: `${type_meta.kind}/${object_meta.name}`,
          message: comments?.map(({ path, summary }) => `${path} ${summary}`.trim()).join('; ') ?? check.name,
        })),
    ),
};
