import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FileTree, writeTree } from 'generator-secure-backend/tree';

const who = ['-c', 'user.name=somebody', '-c', 'user.email=somebody@localhost'];

/** A folder of files that are committed. */
export class CommittedFolder {
  readonly folder = mkdtempSync(join(tmpdir(), 'committed-'));

  constructor(tree: FileTree) {
    writeTree(this.folder, tree);
    this.git('init', '--quiet');
    this.commit('Stamp');
  }

  git(...words: string[]): string {
    return execFileSync('git', [...who, ...words], { cwd: this.folder, encoding: 'utf8' });
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
