import { describe, expect, it } from 'vitest';
import type { FileChange } from '../index.ts';
import { adviseConflict, shellPath } from './conflict.advice.ts';
import { reportUpdate } from './update.report.ts';

const files: FileChange[] = [
  { path: 'docker/Dockerfile', owner: 'template', kind: 'changed', lines: { added: 3, removed: 1 } },
  { path: 'libs/new.ts', owner: 'template', kind: 'restored', lines: { added: 0, removed: 2 } },
  { path: 'docs/b.md', owner: 'shared', kind: 'renamed', from: 'docs/a.md', lines: { added: 0, removed: 0 } },
  { path: 'package.json', owner: 'shared', kind: 'conflict', about: 'text', lines: { added: 9, removed: 0 } },
  { path: 'k8s/old.yaml', owner: 'shared', kind: 'kept' },
  { path: 'k8s/new.yaml', owner: 'shared', kind: 'deleted', shown: 'abc123' },
  { path: 'README.md', owner: 'yours', kind: 'left', shown: 'def456' },
];

const plan = {
  from: '1.0.0',
  to: '1.1.0',
  files,
  drift: [
    { path: 'libs/new.ts', kind: 'edited' },
    { path: 'docker/run', kind: 'permissions' },
  ],
  baseless: [{ path: 'nx.json', reason: 'doubted' }],
} as const;

describe('the report of an update', () => {
  it('says why, what changes by whose it is, what was doubted, and what to do next', () => {
    expect(reportUpdate(plan, [{ version: '1.1.0', entries: ['Safer,\n  in two lines.'] }]))
      .toBe(`From 1.0.0 to 1.1.0

What is new in 1.1.0:
  - Safer,
    in two lines.

The template's files:
  changed   docker/Dockerfile  +3 -1
  restored  libs/new.ts  +0 -2

Shared files:
  moved     docs/b.md (from docs/a.md)
  CONFLICT  package.json
  kept      k8s/old.yaml  the template removed it; it is yours now
  not added k8s/new.yaml  you deleted it; the template's: git cat-file -p abc123

Yours, left alone:
  newer     README.md  the template's: git cat-file -p def456

Drift: the template's files that you changed. --restore brings the template's versions back:
  permissions docker/run

Without a base, so that both versions are shown where they differ:
  nx.json: the recorded version renders it otherwise than it was stamped

Next: settle the conflict, each with git add or git rm:
  package.json: edit what stands between <<<<<<< and >>>>>>>, then git add -- package.json
Then npm install, npm test, git add package-lock.json, git commit.
git reset --hard takes the update back.
`);
  });

  it('is short when there is nothing to do', () => {
    expect(reportUpdate({ from: '1.0.0', to: '1.0.0', files: [], drift: [], baseless: [] }, [])).toBe(
      'Version 1.0.0: nothing to update.\n',
    );
  });

  it('asks for a commit when nothing is left to decide', () => {
    const report = reportUpdate({ ...plan, files: files.slice(0, 1), drift: [], baseless: [] }, []);
    expect(report).toContain(
      'Next: npm install, npm test, look at git diff --staged, git add package-lock.json, git commit.\n',
    );
  });

  it('names ten files of many that stay as they are', () => {
    const gone = Array.from({ length: 30 }, (_, n): FileChange => {
      return { path: `test/${n}`, owner: 'template', kind: 'deleted', shown: 'abc' };
    });
    const report = reportUpdate({ ...plan, files: [...gone, ...files] }, []);
    expect(report.match(/not added test/g)).toHaveLength(10);
    expect(report).toContain('  and 20 more that stay as they are\n');
    expect(report).toContain('docker/Dockerfile');
  });

  it.each([
    ['text', 'edit what stands between'],
    ['binary', 'git checkout --ours -- a keeps yours'],
    ['link', 'git checkout --ours -- a keeps yours'],
    ['moved', 'git rm -- a'],
    ['folder', 'a file where the other has a folder'],
    ['type', 'a link where the other has a file'],
  ] as const)('says what to do about a conflict of %s', (about, advice) => {
    expect(adviseConflict({ path: 'a', owner: 'shared', kind: 'conflict', about })).toContain(advice);
  });

  it('writes paths as a shell takes them', () => {
    expect(shellPath('a/b-c.ts')).toBe('a/b-c.ts');
    expect(shellPath(`it's a $HOME`)).toBe(`'it'\\''s a $HOME'`);
    expect(shellPath('-dash')).toBe(`'-dash'`);
  });
});
