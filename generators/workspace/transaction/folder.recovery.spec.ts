import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textFile } from '../../tree/index.ts';
import { commitTree } from './commit.tree.ts';
import { transactionPrefix, type FolderChanges } from './folder.changes.ts';
import { recoverFolder } from './folder.recovery.ts';
import { commitInChild, startCommit } from './testing/child.run.ts';
import { snapshot } from './testing/folder.snapshot.ts';
import { layOut } from './testing/sample.changes.ts';

const change: FolderChanges = { write: new Map([['a.txt', textFile('a\n')]]) };
const kill = (at: number) => ({ at, signal: 'SIGKILL' }) as const;

const message = (action: Promise<unknown>): Promise<string> =>
  action.then(
    () => 'done',
    (error: unknown) => String(error),
  );

/** Whoever takes a transaction over gives it a name of its own. */
const unnamed = (lines: readonly string[]): string[] =>
  lines.map((line) => line.replace(/^\.secure-backend-transaction[^/ ]*/, ''));

describe('a folder in which a run was interrupted', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recovery-'));
    layOut(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('takes no other changes before it was taken back', async () => {
    const before = snapshot(folder);
    commitInChild(folder, kill(20));
    expect(await message(commitTree(folder, change))).toContain('has to be taken back first');
    expect(await recoverFolder(folder)).toHaveLength(1);
    expect(snapshot(folder)).toEqual(before);
    expect(await recoverFolder(folder)).toEqual([]);
    expect(await message(commitTree(folder, change))).toBe('done');
  });

  it('keeps what somebody has written into it since', async () => {
    const before = snapshot(folder);
    const { steps } = commitInChild(folder);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    layOut(folder);
    commitInChild(folder, kill(steps.length - 1));
    writeFileSync(join(folder, 'bytes.bin'), 'mine');
    const left = snapshot(folder);
    expect(await message(recoverFolder(folder))).toContain('bytes.bin was written by somebody else since');
    expect(unnamed(snapshot(folder))).toEqual(unnamed(left));
    expect(before).not.toEqual(left);
  });

  it('is left alone while the other one still runs', async () => {
    const child = startCommit(folder, { at: 15, signal: 'SIGSTOP' });
    while (!readdirSync(folder).some((name) => name.startsWith(transactionPrefix))) await setTimeout(20);
    const ended = once(child, 'exit');
    for (const action of [recoverFolder(folder), commitTree(folder, change)])
      expect(await message(action)).toContain(`Another run, process ${child.pid}, is writing`);
    // It may not have stopped yet, and a signal to go on is lost then.
    while (child.exitCode === null) {
      child.kill('SIGCONT');
      await Promise.race([ended, setTimeout(50)]);
    }
    expect(child.exitCode).toBe(0);
    expect(await recoverFolder(folder)).toEqual([]);
  });

  it('is written by one of two that begin at once, or by none', async () => {
    const second: FolderChanges = { write: new Map([['b.txt', textFile('b\n')]]) };
    const before = snapshot(folder);
    const outcomes = await Promise.all([change, second].map((each) => message(commitTree(folder, each))));
    const refused = outcomes.filter((outcome) => outcome.includes(`Another run, process ${process.pid}`));
    expect(refused.length).toBeGreaterThan(0);
    expect(snapshot(folder)).toHaveLength(before.length + outcomes.length - refused.length);
  });

  it('shows nothing of it to git', () => {
    const git = (...parameters: string[]): string =>
      execFileSync('git', parameters, { cwd: folder, encoding: 'utf8' });
    git('init', '--quiet');
    commitInChild(folder, kill(20));
    expect(readdirSync(folder).filter((name) => name.startsWith(transactionPrefix))).toHaveLength(1);
    expect(git('ls-files', '--others', '--exclude-standard')).toContain('kept.txt');
    expect(git('ls-files', '--others', '--exclude-standard')).not.toContain(transactionPrefix);
  });

  it.each([
    [`${transactionPrefix}${process.pid}.1.1`, 'a process that had the same number'],
    [`${transactionPrefix}nonsense`, 'nobody'],
  ])('is taken back from %s', async (name) => {
    const before = snapshot(folder);
    mkdirSync(join(folder, name, 'new'), { recursive: true });
    expect(await recoverFolder(folder)).toEqual([]);
    expect(snapshot(folder)).toEqual(before);
  });

  it.each([
    ['leads out of it', '../../outside.txt', undefined],
    ['leads through a link', 'link-to-folder/file.txt', undefined],
    ['hides what it moves behind a link', 'file.txt', '.'],
    ['is none', undefined, undefined],
  ])('moves nothing for a planted journal that %s', async (_, path, old) => {
    symlinkSync('src', join(folder, 'link-to-folder'));
    const planted = join(folder, `${transactionPrefix}999999999.1.1`);
    mkdirSync(join(planted, 'new'), { recursive: true });
    if (old === undefined) mkdirSync(join(planted, 'old'));
    else symlinkSync(old, join(planted, 'old'));
    writeFileSync(join(planted, 'old', '0'), 'planted\n');
    const file = { path, had: 'x' };
    writeFileSync(join(planted, 'journal'), path ? JSON.stringify({ folders: [], files: [file] }) : '{}');
    const kept = (): string[] => snapshot(folder).filter((line) => !line.startsWith(transactionPrefix));
    const before = kept();
    expect(await message(recoverFolder(folder))).toMatch(/can't be read as what|is a symbolic link/);
    expect(kept()).toEqual(before);
  });
});
