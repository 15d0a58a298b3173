import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { codeOf } from '../stack.error.ts';

const SQLITE_BUSY = 5;

/** A lock that nobody refers to any more would be collected, and released with it. */
const held = new Set<DatabaseSync>();

export interface ProcessLock {
  /** May be repeated. */
  release(): void;
}

/**
 * Takes a lock that ends with its process, however that ends: SQLite holds an operating system's file lock, so there is
 * no stale lock to reason about. Returns undefined when somebody else (or this process already) holds it.
 *
 * @throws the system's error when the file can't be created or opened
 */
export function takeLock(file: string): ProcessLock | undefined {
  // SQLite's own error wouldn't say that it is a matter of permission.
  accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  const database = new DatabaseSync(file);
  try {
    // The journal would be a second file beside the lock.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (codeOf(error) === 'ERR_SQLITE_ERROR' && isBusy(error)) return undefined;
    throw error;
  }
  held.add(database);
  return {
    release: () => {
      if (held.delete(database)) database.close();
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
