import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from './user.error.ts';

/** The folder that holds apps/ and libs/. */
export const workspaceRoot = resolve(import.meta.dirname, '../..');

export interface ServiceFolder {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/**
 * A service of the workspace, or the first one when no name is given.
 *
 * @throws UserError when there is none of that name
 */
export function findService(name: string | undefined, root = workspaceRoot): ServiceFolder {
  const apps = join(root, 'apps');
  const names = existsSync(apps)
    ? readdirSync(apps).filter((app) => existsSync(join(apps, app, 'package.json')))
    : [];
  const chosen = name ?? names.toSorted()[0];
  if (chosen === undefined) throw new UserError(`There is no service in ${apps}.`);
  if (!names.includes(chosen))
    throw new UserError(`There is no service "${chosen}" in apps/. There is: ${names.join(', ')}.`);
  const folder = join(apps, chosen);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { name: chosen, version, folder };
}
