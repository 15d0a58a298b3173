import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openThrowawayFolder } from './throwaway.folder.ts';

const KEEPER = `
  import { openThrowawayFolder } from '${new URL('throwaway.folder.ts', import.meta.url).href}';
  console.log((await openThrowawayFolder(async () => undefined)).path);
  setInterval(() => undefined, 1000);`;

/** Remembers what it was asked to remove, and removes nothing of other test runs on this machine. */
const remover = (only: string[]) => {
  const removed: string[] = [];
  return {
    removed,
    remove: async (path: string) => {
      if (!only.includes(path)) return;
      removed.push(path);
      await rm(path, { recursive: true });
    },
  };
};

describe('a throw-away folder', () => {
  it('that a killed run left behind is removed by the next run, one in use is not', async () => {
    const keeper = spawn(process.execPath, ['--input-type=module', '-e', KEEPER], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void keeper.kill('SIGKILL'));
    const [path]: string[] = await once(createInterface(keeper.stdout), 'line');
    const left = path ?? '';
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(left, 'throwaway.lock'), longAgo, longAgo);

    const { removed, remove } = remover([left]);
    const during = await openThrowawayFolder(remove);
    expect(removed).toEqual([]);
    keeper.kill('SIGKILL');
    await once(keeper, 'exit');
    const after = await openThrowawayFolder(remove);
    expect(removed).toEqual([left]);
    await Promise.all([during, after].map(({ path: own }) => rm(own, { recursive: true })));
  });

  it('is gone after its removal', async () => {
    const paths: string[] = [];
    const folder = await openThrowawayFolder(async (path) => {
      if (paths.includes(path)) await rm(path, { recursive: true });
    });
    paths.push(folder.path);
    await folder.remove();
    await expect(stat(folder.path)).rejects.toThrow('ENOENT');
  });
});
