import { setTimeout as delay } from 'node:timers/promises';
import { spawnKept, type KeptProgram } from '@secure-backend/local-stack/testing';

const READY_TIMEOUT_MS = 50_000;
const TAIL_LENGTH = 4_000;

export interface StartedProgram extends KeptProgram {
  log(): string;
}

/** A program from the PATH that ends with this process; `log` is the end of what it complained about. */
export function startProgram(name: string, args: string[]): StartedProgram {
  const program = spawnKept(name, args, { PATH: process.env['PATH'] ?? '' });
  let tail = '';
  program.stdout.resume();
  program.stderr.on('data', (text: Buffer) => (tail = (tail + text.toString()).slice(-TAIL_LENGTH)));
  return { ...program, log: () => tail };
}

/** @throws with the end of its log when it ends, or isn't ready in time */
export async function becomesReady(program: StartedProgram, isReady: () => Promise<boolean>) {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  let hasEnded = false;
  void program.exited.then(() => (hasEnded = true));
  // oxlint-disable-next-line no-await-in-loop -- polling
  while (!(await isReady().catch(() => false))) {
    if (hasEnded || Date.now() > deadline) {
      throw new Error(`the program ${hasEnded ? 'ended' : "isn't ready"}:\n${program.log()}`);
    }
    // oxlint-disable-next-line no-await-in-loop -- polling
    await delay(100);
  }
}
