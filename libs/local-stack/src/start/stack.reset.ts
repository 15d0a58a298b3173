import { rm } from 'node:fs/promises';
import { removePostgres } from '../postgres/index.ts';
import type { ProgressReport } from './progress.report.ts';
import { stopOrphanedService } from './service.orphan.ts';
import { keptServices, openStateDirectory, stateRoot, type StateDirectory } from './state.directory.ts';

/**
 * Deletes all that starts keep: data, credentials, logs. What a killed start left running is stopped.
 *
 * @param service whose; undefined means everybody's
 * @throws StackError when a start is running, and then nothing is deleted
 */
export async function resetStack(
  workspaceRoot: string,
  service: string | undefined,
  progress: ProgressReport,
): Promise<void> {
  const services = service === undefined ? await keptServices(workspaceRoot) : [service];
  const states: StateDirectory[] = [];
  try {
    for (const name of services) {
      // oxlint-disable-next-line no-await-in-loop -- so that those are known that are open when one refuses
      states.push(await openStateDirectory(workspaceRoot, name));
    }
    await Promise.all(states.map((state) => stopAll(state, progress)));
  } finally {
    await Promise.all(states.map((state) => state.close()));
  }
  const deleted = service === undefined ? [stateRoot(workspaceRoot)] : states.map(({ path }) => path);
  await Promise.all(deleted.map((path) => rm(path, { recursive: true, force: true })));
  progress.say(`Deleted ${deleted.join(', ')}.`);
}

async function stopAll(state: StateDirectory, progress: ProgressReport): Promise<void> {
  const note = (line: string) => progress.note(line);
  await stopOrphanedService(state, note);
  await removePostgres(state.postgresDirectory, note);
}
