import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { assert, asyncProperty, integer, string, subarray, tuple } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree, textFile } from '../../tree/index.ts';
import { transactionPrefix, type FolderChanges } from './folder.changes.ts';
import { recoverFolder } from './folder.recovery.ts';
import { commitInChild, startCommit } from './testing/child.run.ts';
import { snapshot } from './testing/folder.snapshot.ts';
import { layOut, sampleChanges } from './testing/sample.changes.ts';

describe('a folder after a run was killed and the next one took it back', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'killed-'));
    layOut(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is as before or as afterwards, for any changes and at any step', async () => {
    const paths = ['a.txt', 'b/c.txt', 'b/d/e.txt', 'kept.txt', 'replaced.txt', 'src/old/f.txt', 'link'];
    const there = ['kept.txt', 'replaced.txt', 'src/old/removed.txt', 'becomes', 'run.sh'];
    const changes = tuple(subarray(paths), subarray(there), string()).map(
      ([written, removed, text]): FolderChanges => ({
        write: new Map(written.map((path) => [path, textFile(text)])),
        remove: removed.filter((path) => !written.includes(path)),
      }),
    );
    const outcomes = new Set<string>();
    await assert(
      asyncProperty(changes, integer({ min: 0, max: 30 }), async (some, at) => {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
        layOut(folder);
        const before = snapshot(folder);
        const { signal, said } = commitInChild(folder, { at, signal: 'SIGKILL' }, some);
        expect(said).toBe('');
        await recoverFolder(folder);
        const now = snapshot(folder);
        const after = readTree(folder, [...some.write.keys()]);
        const isAfter = isDeepStrictEqual(after, some.write) && !now.join().includes(transactionPrefix);
        const isBefore = isDeepStrictEqual(now, before);
        expect({ isBefore, isAfter }).toMatchObject(
          signal === 'SIGKILL' ? { isBefore: true } : { isAfter: true },
        );
        outcomes.add(String(signal));
      }),
      { numRuns: 15 },
    );
    expect(outcomes).toContain('SIGKILL');
  }, 120_000);

  it('is as before or as afterwards, at any moment', async () => {
    const many = new Map(
      Array.from({ length: 200 }, (_, n) => [`many/${n % 7}/${n}.txt`, textFile(`${n}\n`)]),
    );
    const changes = { ...sampleChanges, write: new Map([...sampleChanges.write, ...many]) };
    const before = snapshot(folder, { times: false });
    let killed = 0;
    for (let delay = 40; ; delay += 20) {
      const child = startCommit(folder, undefined, changes);
      const ended = once(child, 'exit');
      await Promise.race([ended, setTimeout(delay)]);
      child.kill('SIGKILL');
      await ended;
      await recoverFolder(folder);
      const now = snapshot(folder, { times: false });
      if (now.length > before.length) break;
      expect(now, `after ${delay} ms`).toEqual(before);
      killed += 1;
    }
    expect(killed).toBeGreaterThan(0);
    expect(readTree(folder, [...changes.write.keys()])).toEqual(changes.write);
    for (const path of changes.remove ?? []) expect(readTree(folder, [path]).size).toBe(0);
  }, 120_000);
});
