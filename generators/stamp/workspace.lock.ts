import { posix } from 'node:path';
import { z } from 'zod';
import { templateNames } from '../template/index.ts';
import type { FileTree } from '../tree/index.ts';
import { pruneLock, type WorkspaceManifest } from './lock.file.ts';
import { lockSchema, manifestSchema } from './lock.package.ts';

const packageFile = /^(?:(.+)\/)?package\.json$/;

/** The folders that npm takes for the workspaces of a root package.json, as globs. */
export const workspaceGlobs = (rootPackage: string): readonly string[] =>
  z.object({ workspaces: z.array(z.string()).default([]) }).parse(JSON.parse(rootPackage)).workspaces;

/** Every package.json of a workspace; a service that the lock file doesn't know takes what `from` has. */
function manifestsOf(workspace: FileTree, known: ReadonlySet<string>, from: string): WorkspaceManifest[] {
  const globs = workspaceGlobs(workspace.get('package.json')?.contents.toString() ?? '{}');
  return [...workspace].flatMap(([path, { contents }]) => {
    const found = packageFile.exec(path);
    const folder = found?.[1] ?? '';
    if (!found || (folder !== '' && !globs.some((glob) => posix.matchesGlob(folder, glob)))) return [];
    const manifest = manifestSchema.parse(JSON.parse(contents.toString()));
    return [{ folder, manifest, ...(folder.startsWith('apps/') && !known.has(folder) && { from }) }];
  });
}

/**
 * The lock file for the package.json files of a workspace, out of one that holds all that they need.
 * @param text of the template's, or of the same workspace before it got another service
 * @param from the folder of a service in it, of which the new ones are copies
 * @throws Error when a package.json needs what the lock file doesn't hold
 */
export function workspaceLock(
  text: string,
  workspace: FileTree,
  from = `apps/${templateNames.service}`,
): string {
  const lock = lockSchema.parse(JSON.parse(text));
  const known = new Set(Object.keys(lock.packages));
  return `${JSON.stringify(pruneLock(lock, manifestsOf(workspace, known, from)), undefined, 2)}\n`;
}
