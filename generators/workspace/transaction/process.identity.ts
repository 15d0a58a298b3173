import { readFileSync } from 'node:fs';

/** A process, told apart from a later one that got the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In ticks since the machine booted; 0 where the system doesn't say. */
  readonly started: number;
}

const startedField = 19;

function startOf(pid: number): number {
  try {
    // The name of the program comes before, in brackets, and may itself hold blanks and brackets.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
    return Number(fields?.[startedField] ?? 0);
  } catch {
    return 0;
  }
}

export const identify = (pid: number): ProcessIdentity => ({ pid, started: startOf(pid) });

/** In a container every run may be process 7: the number alone would take a dead run for the one that asks. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return startOf(pid) === started;
}
