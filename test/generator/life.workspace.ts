import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRename, listFiles, type Names, renameTree } from 'generator-secure-backend/rename';
import { readTree, writeTree } from 'generator-secure-backend/tree';
import { root } from '../repository.files.ts';
import { failureIn } from './command.failure.ts';
import { templateFolder, templateNames } from './template.names.ts';

// What a service reads from the root of its workspace.
const rootFiles = ['package.json', 'tsconfig.json', 'vitest.config.ts', '.oxlintrc.json', '.prettierrc.json'];

/** A workspace outside the repository in which a copy of the template lives. */
export class LifeWorkspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'life-'));
  /** The copied service. */
  readonly service: string;

  constructor(names: Names) {
    this.service = join(this.folder, 'apps', names.service);
    for (const file of rootFiles) cpSync(join(root, file), join(this.folder, file));
    cpSync(join(root, 'docker'), join(this.folder, 'docker'), {
      recursive: true,
      filter: (path) => !/[/\\](?:node_modules|reports)$/.test(path),
    });
    // Linked packages resolve by their real paths, and so find what is installed beside them.
    for (const folder of ['node_modules', 'libs']) symlinkSync(join(root, folder), join(this.folder, folder));
    mkdirSync(this.service, { recursive: true });
    const template = readTree(templateFolder, listFiles(templateFolder));
    writeTree(this.service, renameTree(template, createRename(templateNames, names)));
    const nested = join(templateFolder, 'node_modules');
    if (existsSync(nested)) symlinkSync(nested, join(this.service, 'node_modules'));
  }

  /** Runs a command in the service's folder; undefined when it succeeds, otherwise all that it printed. */
  failureOf(command: string): Promise<string | undefined> {
    return failureIn(this.service, command);
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}
