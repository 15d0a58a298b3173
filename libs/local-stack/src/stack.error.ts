/**
 * A problem the reader can solve: its message names the problem and the cure, so that it is shown without a
 * stack trace. Anything else that is thrown is a defect.
 */
export class StackError extends Error {
  override readonly name = 'StackError';
}

/** The `code` of a system error (`ENOENT`, `EACCES`, …), or undefined when the error carries none. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
