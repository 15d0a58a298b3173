import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The services of a workspace: the folders of `apps` that are packages, sorted. */
export const servicesOf = (root: string): string[] =>
  readdirSync(join(root, 'apps'))
    .filter((name) => existsSync(join(root, 'apps', name, 'package.json')))
    .toSorted();
