import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';
import { StackError } from '../stack.error.ts';

/** A service of this workspace: a folder in apps/ with a package.json. */
export interface WorkspaceService {
  name: string;
  directory: string;
  /** What a build leaves to be run. */
  mainFile: string;
  /** Names of its settings, as its .env.example lists them. */
  settings: string[];
}

/**
 * The service of this name, or the first one.
 *
 * @throws StackError when there is none
 */
export async function findService(workspaceRoot: string, name?: string): Promise<WorkspaceService> {
  const names = await serviceNames(join(workspaceRoot, 'apps'));
  const chosen = name ?? names[0];
  if (!chosen) throw new StackError(`There is no service in ${join(workspaceRoot, 'apps')}.`);
  if (!names.includes(chosen))
    throw new StackError(`There is no service "${chosen}" in apps/. There is: ${names.join(', ')}.`);
  const directory = join(workspaceRoot, 'apps', chosen);
  return {
    name: chosen,
    directory,
    mainFile: join(directory, 'dist', 'main.js'),
    settings: await settingsOf(directory),
  };
}

/**
 * The names of these services, or of all.
 *
 * @throws StackError when there is none, or not that one
 */
export async function findServices(workspaceRoot: string, wanted: readonly string[]): Promise<string[]> {
  const names = await serviceNames(join(workspaceRoot, 'apps'));
  const chosen = wanted.length > 0 ? [...wanted] : names;
  const unknown = chosen.find((name) => !names.includes(name));
  if (unknown)
    throw new StackError(`There is no service "${unknown}" in apps/. There is: ${names.join(', ')}.`);
  if (chosen.length === 0) throw new StackError(`There is no service in ${join(workspaceRoot, 'apps')}.`);
  return chosen;
}

async function serviceNames(apps: string): Promise<string[]> {
  const folders = ((await unlessMissing(readdir(apps))) ?? []).toSorted();
  const manifests = await Promise.all(
    folders.map((name) => unlessMissing(stat(join(apps, name, 'package.json')))),
  );
  return folders.filter((_, index) => manifests[index]);
}

/** Those with a value and those commented out. */
async function settingsOf(directory: string): Promise<string[]> {
  const example = (await unlessMissing(readFile(join(directory, '.env.example'), 'utf8'))) ?? '';
  return Array.from(example.matchAll(/^(?:# ?)?([A-Z][A-Z0-9_]*)=/gm), ([, name]) => name ?? '');
}
