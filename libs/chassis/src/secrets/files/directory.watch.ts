import { type FSWatcher, watch } from 'node:fs';

/** Milliseconds between looks that need no event: network file systems and watchers that died have none. */
const pollInterval = 5_000;

/**
 * Calls `look` when a mounted secret may have changed. The directory is watched, not a file in it nor `..data`: those watches
 * are dead after the first swap of the symlink (kubernetes/kubernetes#111947).
 *
 * @returns the way to stop
 */
export function watchDirectory(directory: string, look: () => void): () => void {
  const watcher = open(directory, look);
  const poll = setInterval(look, pollInterval).unref();
  return () => {
    watcher?.close();
    clearInterval(poll);
  };
}

function open(directory: string, look: () => void): FSWatcher | undefined {
  try {
    // Any event will do, whatever its kind and name: both differ by platform, and looking costs little.
    const watcher = watch(directory, { persistent: false }, look);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // No watch to be had (no inotify instances left): the poll remains.
    return undefined;
  }
}
