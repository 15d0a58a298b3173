import type { z } from 'zod';
import { SecretError } from './secret.source.ts';

/**
 * A secret as its schema wants it.
 *
 * @param place where it was read, for whoever has to mend it
 * @throws SecretError naming each field that is wrong and never quoting one
 */
export function parseSecret<Value>(place: string, schema: z.ZodType<Value>, content: unknown): Value {
  const result = schema.safeParse(content);
  if (result.success) {
    return result.data;
  }
  // Zod's own messages may quote a value; the field's name and our wording can't.
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('/') || 'content'} ${reason(issue)}`,
  );
  throw new SecretError(`${place}: ${[...new Set(problems)].join('; ')}`);
}

function reason(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return 'is missing';
  }
  return issue.code === 'invalid_key' ? 'is no valid file name' : issue.message;
}
