import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
    steps = commitInChild(folder).lines;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('has taken everything back: %s', (signal) => {
    for (const at of [1, steps.findIndex((name) => name.startsWith('put ')) + 1, steps.length - 1]) {
      const before = layAnew();
      const run = commitInChild(folder, at, signal);
      expect(run.signal, steps[at]).toBe(signal);
      expect(run.lines.at(-1)).toBe(steps[at]);
      expect(snapshot(folder), steps[at]).toEqual(before);
    }
  });

  it('that it could not hold, at any step, is taken back by the next one, which says so', () => {
    const after = snapshot(folder, { times: false });
    for (const at of steps.keys()) {
      const before = layAnew();
      expect(commitInChild(folder, at, 'SIGKILL').signal).toBe('SIGKILL');
      const left = snapshot(folder);
      const recovery = recoverInChild(folder);
      expect(recovery, steps[at]).toMatchObject({ status: 0, errors: '' });
      expect(snapshot(folder), steps[at]).toEqual(before);
      // The control: without it, something is left or half-written at every step but the first.
      expect(left.length === before.length, steps[at]).toBe(at === 0);
      const moved = steps.slice(0, at).includes('journal');
      expect(recovery.lines.length, steps[at]).toBe(moved ? 1 : 0);
    }
    layAnew();
    expect(commitInChild(folder).status).toBe(0);
    expect(snapshot(folder, { times: false })).toEqual(after);
  }, 120_000);
});
