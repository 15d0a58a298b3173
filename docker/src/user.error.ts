/** A problem the reader can solve: its message names the problem and the cure, and is shown without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Runs a command's body; what the reader can solve is told in a sentence and sets the exit code 1. */
export async function tellUserErrors(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
