import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recoverFolder } from './folder.recovery.ts';
import { commitInChild, recoverInChild } from './testing/child.run.ts';
import { snapshot } from './testing/folder.snapshot.ts';
import { layOut } from './testing/sample.changes.ts';

describe('a run that a signal ends', () => {
  let folder: string;
  let steps: readonly string[];
  const layAnew = (): readonly string[] => {
    rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), 'interruption-'));
    layOut(folder);
    return snapshot(folder);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'interruption-'));
    layAnew();
    ({ steps } = commitInChild(folder));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('has taken everything back: %s', (signal) => {
    for (const at of [1, steps.findIndex((name) => name.startsWith('put ')) + 1, steps.length - 1]) {
      const before = layAnew();
      const run = commitInChild(folder, { at, signal });
      expect(run.signal, steps[at]).toBe(signal);
      expect(run.steps.at(-1)).toBe(steps[at]);
      expect(snapshot(folder), steps[at]).toEqual(before);
    }
  });

  it('that it could not hold, at any step, is taken back by the next one, which says so', async () => {
    for (const at of steps.keys()) {
      const before = layAnew();
      expect(commitInChild(folder, { at, signal: 'SIGKILL' }).signal).toBe('SIGKILL');
      const left = snapshot(folder);
      const said = await recoverFolder(folder);
      expect(snapshot(folder), steps[at]).toEqual(before);
      // The control: without it, something is left or half-written at every step but the first.
      expect(left.length === before.length, steps[at]).toBe(at === 0);
      const hasMoved = steps.slice(0, at).includes('journal');
      const sentence = `A run was interrupted in ${folder} while it wrote 10 files. They are as they were before it.`;
      expect(said).toEqual(hasMoved ? [sentence] : []);
    }
  }, 120_000);

  it('while it takes back what another one left, is itself taken back, at any step', async () => {
    const before = layAnew();
    commitInChild(folder, { at: steps.length - 1, signal: 'SIGKILL' });
    const left = `${folder}.left`;
    rmSync(left, { recursive: true, force: true });
    cpSync(folder, left, { recursive: true, verbatimSymlinks: true });
    const undoing = recoverInChild(folder).steps;
    expect(snapshot(folder)).toEqual(before);
    expect(undoing.length).toBeGreaterThan(8);
    const contents = snapshot(folder, { times: false });
    for (const at of undoing.keys()) {
      rmSync(folder, { recursive: true });
      cpSync(left, folder, { recursive: true, verbatimSymlinks: true });
      expect(recoverInChild(folder, { at, signal: 'SIGKILL' }).signal).toBe('SIGKILL');
      expect(snapshot(folder, { times: false }), undoing[at]).not.toEqual(contents);
      await recoverFolder(folder);
      expect(snapshot(folder, { times: false }), undoing[at]).toEqual(contents);
    }
    rmSync(left, { recursive: true });
  }, 120_000);
});
