import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Answers } from 'generator-secure-backend/answers';
import { recordFile, recordOf, writeRecord } from 'generator-secure-backend/merge';
import { renderTables, renderWorkspace } from 'generator-secure-backend/stamp';
import { readRepository } from 'generator-secure-backend/template';
import { textFile, writeTree, type FileTree } from 'generator-secure-backend/tree';
import { root } from '../repository.files.ts';
import { failureIn } from './command.failure.ts';

const ownPackage = /^((?:apps|libs)\/[^/]+|docker|test)\/package\.json$/;
const installed = join(root, 'node_modules');

/** What npm has installed here, but for the workspaces of this repository, to which it only links. */
const installedPackages = (): string[] =>
  readdirSync(installed)
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(installed, name)).map((scoped) => `${name}/${scoped}`) : [name],
    )
    .filter((name) => name === '.bin' || !name.startsWith('.'))
    .filter((name) => !lstatSync(join(installed, name)).isSymbolicLink());

/** A stamped workspace outside of the repository, with the packages that are installed here. */
export class StampedWorkspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'stamped-'));

  /** Stamps a workspace as the generator does, and commits it. */
  static async stamp(answers: Answers): Promise<StampedWorkspace> {
    const workspace = new StampedWorkspace();
    const template = readRepository(root);
    const tree = await renderWorkspace(template, answers);
    const record = textFile(writeRecord(recordOf(template.version, tree)));
    writeTree(workspace.folder, new Map([...tree, ...(await renderTables(tree)), [recordFile, record]]));
    workspace.#link(tree);
    workspace.git('init', '--quiet');
    workspace.commit('Stamp');
    return workspace;
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  /** Links another service as npm install would. */
  linkService(name: string): void {
    symlinkSync(join(this.folder, 'apps', name), join(this.folder, 'node_modules', name));
  }

  git(...words: string[]): string {
    const who = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@localhost'];
    return execFileSync('git', [...who, ...words], { cwd: this.folder, encoding: 'utf8' });
  }

  /** Linked packages resolve by their real paths, and so find what is installed beside them; its own are its own. */
  #link(tree: FileTree): void {
    const link = (target: string, name: string, folder = ''): void => {
      const place = join(this.folder, folder, 'node_modules', name);
      mkdirSync(dirname(place), { recursive: true });
      symlinkSync(target, place);
    };
    for (const name of installedPackages()) link(join(installed, name), name);
    for (const [path, { contents }] of tree) {
      const [, folder] = ownPackage.exec(path) ?? [];
      if (folder === undefined) continue;
      link(join(this.folder, folder), (JSON.parse(contents.toString()) as { name: string }).name);
      const nested = join(root, folder, 'node_modules');
      for (const name of existsSync(nested) ? readdirSync(nested) : []) {
        if (!name.startsWith('.')) link(join(nested, name), name, folder);
      }
    }
  }

  /** Runs a command in the workspace; undefined when it succeeds, otherwise all that it printed. */
  failureOf(command: string): Promise<string | undefined> {
    return failureIn(this.folder, command);
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}
