import { parse } from 'yaml';
import { z } from 'zod';

export const exceptionsFile = 'k8s/scan-exceptions.yaml';

const exception = z.strictObject({
  scanner: z.string().min(1),
  /** The scanner's name for the rule. */
  id: z.string().min(1),
  /** `Deployment/backend-api`; a `*` stands for any characters but a slash, `{service}` and `{caller}` for names of theirs. */
  resource: z.string().regex(/^[^/]+(?:\/[^/]+)+$/, 'has the form Kind/name or folder/file'),
  reason: z.string().min(20, 'has to convince a reader'),
  /** The last day on which it holds. */
  expires: z.iso.date(),
});

export type ScanException = Readonly<z.infer<typeof exception>>;

/** @throws Error naming each entry that isn't one, or whose scanner nobody knows */
export function parseExceptions(text: string, scannerNames: readonly string[]): ScanException[] {
  const known = exception.extend({ scanner: z.enum(scannerNames) });
  const result = z.array(known).safeParse(parse(text) ?? []);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `[${path.join('.')}] ${message}`);
  throw new Error(`${exceptionsFile}: ${problems.join('; ')}`);
}
