import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFiles } from '../../rename/index.ts';
import { readTree, writeTree, type FileTree } from '../../tree/index.ts';
import { git } from '../git/git.program.ts';
import { treeOf } from '../trial/trial.workspace.ts';
import { HalfSwitched, switchFiles } from './disk.switch.ts';

const before = treeOf({ a: 'a\n', 'b/c/d': 'd\n', e: 'e\n' });
const paths = new Map([
  ['b/c/d', false],
  ['e', true],
  ['b', true],
  ['a', false],
  ['a/x/y', true],
]);

describe('switching files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switch-'));
    writeTree(join(folder, 'root'), before);
    writeTree(join(folder, 'staged'), treeOf({ 'a/x/y': 'y\n', b: 'b\n', e: 'new\n' }));
    mkdirSync(join(folder, 'retired'));
    git(['init', '--quiet', 'root'], { cwd: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const tree = (): FileTree => readTree(join(folder, 'root'), listFiles(join(folder, 'root')));
  const run = (then: () => void): void =>
    switchFiles(
      {
        root: join(folder, 'root'),
        staged: join(folder, 'staged'),
        retired: join(folder, 'retired'),
        paths,
      },
      then,
    );

  it('puts every new file in its place, whatever was there', () => {
    run(() => undefined);
    expect(tree()).toEqual(treeOf({ 'a/x/y': 'y\n', b: 'b\n', e: 'new\n' }));
  });

  it('takes everything back when what follows fails', () => {
    const failure = new Error('what follows');
    expect(() =>
      run(() => {
        throw failure;
      }),
    ).toThrow(failure);
    expect(tree()).toEqual(before);
  });

  it('takes everything back when a new file is not there', () => {
    rmSync(join(folder, 'staged/a'), { recursive: true });
    expect(() => run(() => undefined)).toThrow('ENOENT');
    expect(tree()).toEqual(before);
  });

  it('says so when it could not', () => {
    expect(() =>
      run(() => {
        rmSync(join(folder, 'retired'), { recursive: true });
        throw new Error('and nothing is left to take back');
      }),
    ).toThrow(HalfSwitched);
  });
});
