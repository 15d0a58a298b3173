import { setTimeout as delay } from 'node:timers/promises';
import { isSameProcess } from '../processes/process.identity.ts';
import { StackError } from '../stack.error.ts';
import { DRAIN_MS } from './service.process.ts';
import type { StateDirectory } from './state.directory.ts';

const POLL_MS = 50;
const KILL_MS = 5000;

/**
 * Stops the service of an earlier start that was killed. Id and start time of the process tell that it is the recorded one
 * and not a stranger who got its id.
 *
 * @throws StackError when it doesn't end
 */
export async function stopOrphanedService(state: StateDirectory, log: (line: string) => void): Promise<void> {
  const orphan = (await state.readRecord())?.service;
  if (!orphan || !(await isSameProcess(orphan))) return;
  log(`The service (pid ${orphan.pid}) was left running by a start that was killed: stopping it`);
  process.kill(orphan.pid, 'SIGTERM');
  const ends = async (patienceMs: number): Promise<boolean> => {
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline) {
      // oxlint-disable-next-line no-await-in-loop -- polling
      if (!(await isSameProcess(orphan))) return true;
      // oxlint-disable-next-line no-await-in-loop -- polling
      await delay(POLL_MS);
    }
    return false;
  };
  if (await ends(DRAIN_MS)) return;
  process.kill(orphan.pid, 'SIGKILL');
  if (!(await ends(KILL_MS)))
    throw new StackError(`The service left running (pid ${orphan.pid}) doesn't end.`);
}
