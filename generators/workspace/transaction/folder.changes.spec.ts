import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textFile } from '../../tree/index.ts';
import { commitTree } from './commit.tree.ts';
import type { FolderChanges } from './folder.changes.ts';
import { snapshot } from './testing/folder.snapshot.ts';
import { layOut } from './testing/sample.changes.ts';

const write = (path: string): FolderChanges => ({ write: new Map([[path, textFile('x\n')]]) });

describe('changes that can not be made', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'changes-'));
    layOut(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const attempt = (changes: FolderChanges): Promise<string> =>
    commitTree(folder, changes).then(
      () => 'done',
      (error: unknown) => String(error),
    );

  it.each([
    ['../outside.txt', 'is not a path'],
    ['/etc/passwd', 'is not a path'],
    ['a//b', 'is not a path'],
    ['C:/b', 'is not a path'],
    [String.raw`a\b`, 'is not a path'],
    ['.GIT/hooks/post-checkout', 'is not a path'],
    ['node_modules/a.js', 'is not a path'],
    ['.secure-backend-transaction.1.2.3/journal', 'is not a path'],
    ['kept.txt/a', 'kept.txt is a file'],
    ['src', 'is a folder'],
    ['outside/a', 'is a symbolic link'],
  ])('are refused: %s', async (path, why) => {
    symlinkSync('src', join(folder, 'outside'));
    const before = snapshot(folder);
    expect(await attempt(write(path))).toContain(why);
    expect(await attempt({ write: new Map(), remove: [path] })).toMatch(/^Refusal|^done/);
    expect(snapshot(folder)).toEqual(before);
  });

  it.each([
    [['a', 'A'], [], 'differ only in case'],
    [['KEPT.txt'], ['kept.txt'], 'differ only in case'],
    [['a', 'a/b'], [], 'a is a file, and a/b needs a folder there'],
    [['a'], ['a'], 'written and removed at once'],
    [['a', 'b'], ['kept.txt'], 'done'],
  ])('are refused together: %j written and %j removed (%s)', async (written, remove, outcome) => {
    const changes = { write: new Map(written.map((path) => [path, textFile('x\n')])), remove };
    expect(await attempt(changes)).toContain(outcome);
  });

  it.each(['/etc/passwd', '../../etc/passwd', '..'])('are refused: a link to %s', async (target) => {
    const link = { mode: '120000', contents: Buffer.from(target) } as const;
    expect(await attempt({ write: new Map([['a', link]]) })).toContain('leads out of the folder');
  });
});
