import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Owner } from '../../template/index.ts';
import { listFiles } from '../../rename/index.ts';
import { readTree, readTreeFile, textFile, type FileTree, type TreeFile } from '../../tree/index.ts';
import {
  applyUpdate,
  findBases,
  openWorkspace,
  planUpdate,
  recordFile,
  recordOf,
  writeRecord,
  type UpdatePlan,
  type UpdateRequest,
} from '../index.ts';

/** Files by their paths: a text, bytes with a mode, or undefined for none. */
export type Files = Readonly<Record<string, string | TreeFile | undefined>>;

export const treeOf = (files: Files): FileTree =>
  new Map(
    Object.entries(files).flatMap(([path, file]) =>
      file === undefined ? [] : [[path, typeof file === 'string' ? textFile(file) : file] as const],
    ),
  );

export const script = (text: string): TreeFile => ({ mode: '100755', contents: Buffer.from(text) });
export const link = (target: string): TreeFile => ({ mode: '120000', contents: Buffer.from(target) });
export const bytes = (...numbers: number[]): TreeFile => ({ mode: '100644', contents: Buffer.from(numbers) });

/** Numbered lines, some of them replaced. */
export const lines = (count: number, changed: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, n) => `${changed[n + 1] ?? `line ${n + 1}`}\n`).join('');

/** `libs` is the template's, `apps` the user's, all else is shared. */
export const trialOwner = (path: string): Owner => {
  if (path.startsWith('libs/')) return 'template';
  return path.startsWith('apps/') ? 'yours' : 'shared';
};

/** A stamped workspace in a git repository of its own, until it is removed. */
export class TrialWorkspace {
  readonly repository: string;
  readonly root: string;

  /** @param below where the workspace lies in its repository */
  constructor(stamped: Files, { below = '', version = '1.0.0' } = {}) {
    this.repository = realpathSync(mkdtempSync(join(tmpdir(), 'trial-')));
    this.root = join(this.repository, below);
    this.git('init', '--quiet', '--initial-branch=main', this.repository);
    for (const [key, value] of [
      ['user.name', 'Trial'],
      ['user.email', 'trial@example.com'],
      ['core.autocrlf', 'false'],
    ]) {
      this.git('-C', this.repository, 'config', key ?? '', value ?? '');
    }
    this.write({
      ...stamped,
      '.yo-rc.json': '{}\n',
      [recordFile]: writeRecord(recordOf(version, treeOf(stamped))),
    });
    this.commit();
  }

  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  write(files: Files): void {
    for (const [path, given] of Object.entries(files)) {
      const file = join(this.root, path);
      rmSync(file, { recursive: true, force: true });
      if (given === undefined) continue;
      const { mode, contents } = typeof given === 'string' ? textFile(given) : given;
      mkdirSync(dirname(file), { recursive: true });
      if (mode === '120000') symlinkSync(contents.toString(), file);
      else {
        writeFileSync(file, contents);
        chmodSync(file, mode === '100755' ? 0o755 : 0o644);
      }
    }
  }

  commit(): void {
    this.git('-C', this.root, 'add', '--all', '.');
    this.git('-C', this.root, 'commit', '--quiet', '--allow-empty', '--message=trial');
  }

  /** Edits and commits. */
  edit(files: Files): void {
    this.write(files);
    this.commit();
  }

  plan(next: Files, options: Partial<UpdateRequest> = {}): UpdatePlan {
    const workspace = openWorkspace(this.root);
    const request = { version: '1.1.0', ownerOf: trialOwner, bases: findBases(workspace) };
    return planUpdate({ ...request, workspace, next: treeOf(next), ...options });
  }

  async update(next: Files, options: Partial<UpdateRequest> = {}): Promise<UpdatePlan> {
    const plan = this.plan(next, options);
    await applyUpdate(plan);
    return plan;
  }

  /** All files that lie there, committed or not, but for what git ignores. */
  tree(): FileTree {
    return readTree(this.root, listFiles(this.root));
  }

  file(path: string): TreeFile | undefined {
    return readTreeFile(this.root, path);
  }

  text(path: string): string | undefined {
    return this.file(path)?.contents.toString();
  }

  /** What `git status` says, a line a file. */
  status(): string[] {
    return this.git('-C', this.root, 'status', '--porcelain', '-z', '--no-renames', '--', '.')
      .split('\0')
      .filter(Boolean);
  }

  remove(): void {
    rmSync(this.repository, { recursive: true, force: true });
  }
}
