import {
  removePostgres,
  startPostgres,
  type PostgresCoordinates,
  type RunningPostgres,
  type StopMode,
} from '../postgres/index.ts';
import { openThrowawayFolder, type ThrowawayFolder } from './throwaway.folder.ts';

/** A Postgres of one's own, for tests that take it down. */
export interface ThrowawayPostgres {
  coordinates: PostgresCoordinates;
  /** Takes it down; `immediate` is a crash. */
  stop(mode?: StopMode): Promise<void>;
  /** Brings it back after a stop, on the same port with the same data and passwords. */
  start(): Promise<void>;
  /** Takes it down and removes all it had. */
  remove(): Promise<void>;
}

/** Starts a Postgres in a temporary folder, without any durability. */
export async function openThrowawayPostgres(): Promise<ThrowawayPostgres> {
  const folder = await openThrowawayFolder(removePostgres);
  try {
    return control(folder, await start(folder));
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

function start(folder: ThrowawayFolder, port?: number): Promise<RunningPostgres> {
  return startPostgres({ directory: folder.path, durability: 'off', port });
}

function control(folder: ThrowawayFolder, first: RunningPostgres): ThrowawayPostgres {
  const { host, port, directory, caFile, superuser } = first;
  let running = first;
  return {
    coordinates: { host, port, directory, caFile, superuser },
    stop: (mode = 'fast') => running.stop({ mode }),
    start: async () => {
      running = await start(folder, port);
    },
    remove: async () => {
      await running.stop({ mode: 'immediate' });
      await folder.remove();
    },
  };
}
