import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apart, mountMissing } from '../transaction/testing/mount.right.ts';
import { refuseNewWorkspace } from './new.workspace.ts';

const program = join(import.meta.dirname, 'testing/refusal.process.ts');

const ask = (command: string, ...parameters: string[]): string => {
  const { stdout, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
};

describe('a folder that can not be written to', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'unwritable-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.skipIf(process.platform === 'win32').each([
    ['unwritable', 'You may not write in'],
    ['unreadable', 'You may not read'],
  ])('is refused: %s', (obstacle, sentence) => {
    expect(refuseNewWorkspace(folder)).toBeUndefined();
    expect(ask(process.execPath, program, folder, obstacle)).toContain(`${sentence} ${folder}. Choose`);
  });

  it.skipIf(mountMissing)(`is refused: read-only${mountMissing ? ` (${mountMissing})` : ''}`, () => {
    const sentence = ask('unshare', ...apart, process.execPath, program, folder, 'read-only');
    expect(sentence).toBe(`${folder} is on a read-only file system. Choose a folder that can be written to.`);
  });
});
