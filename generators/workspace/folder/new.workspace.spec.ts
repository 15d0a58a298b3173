import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { snapshot } from '../transaction/testing/folder.snapshot.ts';
import { refuseNewWorkspace, remarkNewWorkspace } from './new.workspace.ts';

const git = (cwd: string, ...parameters: string[]): void =>
  void execFileSync('git', ['-c', 'init.defaultBranch=main', ...parameters], { cwd, stdio: 'ignore' });

describe('a folder for a new workspace', () => {
  let outer: string;
  let folder: string;
  beforeEach(() => {
    outer = realpathSync(mkdtempSync(join(tmpdir(), 'new-')));
    folder = join(outer, 'shop');
    mkdirSync(folder);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(outer, { recursive: true });
  });

  const lay = (path: string, contents: unknown = ''): void => {
    mkdirSync(join(outer, path, '..'), { recursive: true });
    writeFileSync(join(outer, path), typeof contents === 'string' ? contents : JSON.stringify(contents));
  };
  /** The sentence; whatever it says, nothing has changed. */
  const refusal = (at = folder): string | undefined => {
    const before = snapshot(outer);
    const sentence = refuseNewWorkspace(at);
    expect(snapshot(outer)).toEqual(before);
    return sentence;
  };

  it('may be empty, and may be a git repository of its own', () => {
    expect(refusal()).toBeUndefined();
    git(folder, 'init');
    expect(refusal()).toBeUndefined();
    expect(remarkNewWorkspace(folder)).toBeUndefined();
  });

  it.each(['README.md', '.gitignore', 'LICENSE', '.yo-rc.json', 'package.json'])(
    'may not hold %s',
    (name) => {
      lay(`shop/${name}`);
      expect(refusal()).toContain(`This folder is not empty: there is ${name}. Make an empty one`);
    },
  );

  it('that holds much is described by a few of its files', () => {
    for (const name of ['d', 'c', 'b', 'a', '.z']) lay(`shop/${name}`);
    expect(refusal()).toContain('there is .z, a, b and 2 more.');
  });

  it.each(['a#b', 'a?b', 'a*b', 'a:b', String.raw`a\b`, 'a\nb', 'a"b', "it's", 'a$b', 'a`b', 'a%20b'])(
    'may not lie at %j',
    (name) => {
      mkdirSync(join(outer, name));
      expect(refusal(join(outer, name))).toContain('which tools take for something else');
    },
  );

  it.each(['a b', 'Läden (neu)', 'a[b]', 'a{b}', 'a&b!', 'a,b+c@d~e=f'])('may lie at %j', (name) => {
    mkdirSync(join(outer, name));
    expect(refusal(join(outer, name))).toBeUndefined();
  });

  it('has to be there, and to be a folder', () => {
    lay('file.txt');
    expect(refusal(join(outer, 'gone'))).toContain('is no folder. Make it');
    expect(refusal(join(outer, 'file.txt'))).toContain('is no folder');
  });

  it('may not lie in a stamped workspace', () => {
    lay('.secure-backend.json', {});
    expect(refusal()).toContain(`lies in the stamped workspace ${outer}. Go there`);
  });

  it.each([
    [['*'], true],
    [['./shop/'], true],
    [{ packages: ['sh*'] }, true],
    [['*', '!shop'], false],
    [['packages/*'], false],
    ['nonsense', false],
  ])('under a package.json with the workspaces %j is refused: %s', (workspaces, isRefused) => {
    lay('package.json', { workspaces });
    expect(refusal()?.includes(`one of the npm workspaces of ${outer}`) ?? false).toBe(isRefused);
  });

  it('may lie in another git repository, which is said', () => {
    git(outer, 'init');
    expect(refusal()).toBeUndefined();
    expect(remarkNewWorkspace(folder)).toContain(`belongs to the git repository ${outer}`);
    const link = join(outer, 'link');
    git(folder, 'init');
    symlinkSync(folder, link);
    expect(remarkNewWorkspace(link)).toBeUndefined();
  });

  it('that git ignores is refused', () => {
    git(outer, 'init');
    lay('.gitignore', '*\n');
    expect(refusal()).toContain(`The git repository ${outer} ignores what is in this folder`);
    git(folder, 'init');
    expect(refusal()).toBeUndefined();
  });

  it('needs a git on the PATH', () => {
    vi.stubEnv('PATH', outer);
    expect(refusal()).toContain('There is no git on the PATH');
  });

  it('of somebody else, which git does not trust, is refused', () => {
    git(folder, 'init');
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1');
    expect(refusal()).toContain(`git config --global --add safe.directory ${folder}`);
  });
});
