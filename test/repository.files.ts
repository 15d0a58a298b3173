import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from './listed.files.ts';

/** The folder that holds the whole repository. */
export const root = join(import.meta.dirname, '..');

/** Every file that is, or would be, committed; paths from the root with forward slashes. */
export const repositoryFiles = (): string[] => listFiles(root);

/** The text of files by their paths; what a rule reads, so that a test can plant a violation beside the real ones. */
export type Texts = ReadonlyMap<string, string>;

/** Reads the files whose path a pattern accepts. */
export const readTexts = (pattern: RegExp): Texts =>
  new Map(
    repositoryFiles()
      .filter((path) => pattern.test(path))
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  );

/** All code of the workspaces: sources, tests, configuration of tools. */
export const readCode = (): Texts => readTexts(/^(?:apps|libs|docker|generators|test)\/.*\.[cm]?[jt]s$/);
