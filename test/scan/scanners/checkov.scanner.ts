import { z } from 'zod';
import type { Hit, ScanInput, Scanner } from './scanner.ts';

const check = z.object({
  check_id: z.string(),
  check_name: z.string(),
  resource: z.string(),
  file_line_range: z.tuple([z.number(), z.number()]),
});
const results = z.object({
  results: z.object({
    failed_checks: z.array(check),
    skipped_checks: z.array(check),
    parsing_errors: z.array(z.string()),
  }),
});
// Without any check that applies it writes bare figures.
const nothing = z.object({ passed: z.literal(0), failed: z.literal(0), parsing_errors: z.literal(0) });
const output = z.union([z.array(results), results.transform((one) => [one]), nothing.transform(() => [])]);

const frameworks: Partial<Record<ScanInput['kind'], string[]>> = {
  manifests: ['kubernetes', 'secrets'],
  dockerfile: ['dockerfile', 'secrets'],
};

/** What is skipped by a comment or annotation is a finding all the same. */
export const checkov: Scanner = {
  name: 'checkov',
  reads: ['manifests', 'dockerfile'],
  install: 'pipx install checkov',
  arguments: ({ kind, path }) => [
    '--file',
    path,
    '--framework',
    ...(frameworks[kind] ?? []),
    '--skip-download',
    '--compact',
    '--output',
    'json',
  ],
  parse: (text, input) =>
    output
      .parse(JSON.parse(text))
      .flatMap(({ results: { failed_checks, skipped_checks, parsing_errors } }) => [
        ...failed_checks.map((failed) => hit(failed, input)),
        ...skipped_checks.map((skipped) => hit(skipped, input)),
        ...parsing_errors.map((path) => ({
          id: 'parsing',
          resource: input.name,
          message: `can't parse ${path}`,
        })),
      ]),
};

/** In manifests resources are called `Deployment.namespace.name`; secrets have only lines. */
function hit(
  { check_id, check_name, resource, file_line_range }: z.infer<typeof check>,
  input: ScanInput,
): Hit {
  const [, kind, name] = /^([A-Z]\w+)\.[^.]+\.(.+)$/.exec(resource) ?? [];
  const isObject = input.kind === 'manifests' && kind !== undefined;
  return {
    id: check_id,
    resource: isObject ? `${kind}/${name}` : input.resourceAt(file_line_range[0]),
    message: check_name,
  };
}
