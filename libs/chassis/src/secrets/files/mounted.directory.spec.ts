import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeMountedSecret } from '@secure-backend/local-stack';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readMountedDirectory } from './mounted.directory.ts';

// As a busy event loop does: whoever has resolved a path gets to use it only later.
vi.mock(import('node:fs/promises'), async (original) => {
  const actual = await original();
  const late = async (path: string) => {
    const resolved = await actual.realpath(path);
    await delay(2);
    return resolved;
  };
  return { ...actual, realpath: late as typeof actual.realpath };
});

describe('the directory of a mounted secret', () => {
  const keys = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`caller-${n}`, `key-${n}`]));
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mounted-directory-'));
    await writeMountedSecret(directory, keys);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  /** Of the file names that `read` finds while the secret is swapped: how often some were missing. */
  const countLacking = async (read: () => Promise<string[]>) => {
    const swaps = new AbortController();
    const swapping = (async () => {
      for (let n = 1; n <= 100; n++) {
        await writeMountedSecret(directory, keys);
        await delay(20);
      }
      swaps.abort();
    })();
    let lacking = 0;
    while (!swaps.signal.aborted) {
      lacking += Number((await read()).length < Object.keys(keys).length);
    }
    await swapping;
    return lacking;
  };

  it('is read whole while it is swapped', async () => {
    expect(await countLacking(async () => Object.keys(await readMountedDirectory(directory)))).toBe(0);
  });

  it('would lack files, and so callers, if the old one was read while it is deleted', async () => {
    const lacking = countLacking(async () =>
      readdir(await realpath(join(directory, '..data'))).catch(() => Object.keys(keys)),
    );
    expect(await lacking).toBeGreaterThan(0);
  });
});
