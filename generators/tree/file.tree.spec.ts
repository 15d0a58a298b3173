import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTree, textFile, writeTree, type FileTree } from './file.tree.ts';

describe('a tree of files', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tree-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const tree: FileTree = new Map([
    ['a/b.txt', textFile('text\n')],
    ['a/run.sh', { mode: '100755', contents: Buffer.from('#!/bin/sh\n') }],
    ['bytes.bin', { mode: '100644', contents: Buffer.from([0, 255, 10]) }],
    ['link', { mode: '120000', contents: Buffer.from('a/b.txt') }],
  ]);

  it('comes back from the disk as it was', () => {
    writeTree(folder, tree);
    expect(readTree(folder, [...tree.keys()])).toEqual(tree);
  });

  it('has no file that is not there, and no folder', () => {
    writeTree(folder, tree);
    expect(readTree(folder, ['a', 'gone.txt', 'a/b.txt', 'a/b.txt/below'])).toEqual(
      new Map([['a/b.txt', textFile('text\n')]]),
    );
  });

  it('never overwrites a file', () => {
    writeTree(folder, tree);
    expect(() => writeTree(folder, tree)).toThrow('EEXIST');
  });
});
