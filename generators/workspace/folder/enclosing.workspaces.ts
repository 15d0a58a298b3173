import { readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { z } from 'zod';
import { outwards } from './stamped.folder.ts';

const globs = z.array(z.string());
const manifest = z.looseObject({
  workspaces: globs
    .or(z.looseObject({ packages: globs }).transform(({ packages }) => packages))
    .optional()
    .catch(undefined),
});

function workspacesOf(folder: string): readonly string[] {
  try {
    return manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).workspaces ?? [];
  } catch {
    // No package.json, or none that npm could read either.
    return [];
  }
}

const bare = (glob: string): string =>
  glob
    .replace(/^!/, '')
    .replace(/^\.?\//, '')
    .replace(/\/+$/, '');

/** A folder further up whose npm workspaces this one would be among: there npm would take what is meant for this one. */
export function enclosingWorkspaces(folder: string): string | undefined {
  const [here = folder, ...parents] = outwards(folder);
  return parents.find((parent) => {
    const path = relative(parent, here).split(sep).join('/');
    // The last pattern that speaks of a folder decides, as npm reads them.
    const last = workspacesOf(parent).findLast((glob) => posix.matchesGlob(path, bare(glob)));
    return last !== undefined && !last.startsWith('!');
  });
}
