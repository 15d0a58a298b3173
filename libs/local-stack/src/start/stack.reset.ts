import { rm } from 'node:fs/promises';
import { removePostgres } from '../postgres/index.ts';
import type { ProgressReport } from './progress.report.ts';
import { stopOrphanedService } from './service.orphan.ts';
import { openStateDirectory } from './state.directory.ts';

/**
 * Deletes all that starts keep: data, credentials, logs. What a killed start left running is stopped.
 *
 * @throws StackError when a start is running
 */
export async function resetStack(workspaceRoot: string, progress: ProgressReport): Promise<void> {
  const state = await openStateDirectory(workspaceRoot);
  const note = (line: string) => progress.note(line);
  try {
    await stopOrphanedService(state, note);
    await removePostgres(state.postgresDirectory, note);
  } finally {
    await state.close();
  }
  await rm(state.path, { recursive: true, force: true });
  progress.say(`Deleted ${state.path}.`);
}
