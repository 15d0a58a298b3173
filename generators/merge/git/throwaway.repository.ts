import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, unconfigured, type GitCall } from './git.program.ts';
import type { ObjectFormat } from './git.objects.ts';

// Git's own defaults, but for folders: a new file goes where the template says, wherever its neighbours were moved.
const configuration = `[core]
  attributesFile = ${JSON.stringify(devNull)}
[merge]
  renames = true
  renameLimit = 7000
  directoryRenames = false
  conflictStyle = merge
[diff]
  renameLimit = 7000
`;

/** A repository that reads the objects of another one, and keeps its own apart. */
export interface ThrowawayRepository {
  /** How git is called in it: without anybody's configuration. */
  readonly call: GitCall;
  remove(): void;
}

// In quotes an entry may begin like a comment or hold a line break.
const entryOf = (folder: string): string => `${JSON.stringify(folder)}\n`;

/**
 * Opens an empty repository beside another one, so that a merge leaves nothing behind there.
 * @param objects the other's folder of objects, as an absolute path
 */
export function openThrowaway(objects: string, format: ObjectFormat): ThrowawayRepository {
  const folder = mkdtempSync(join(tmpdir(), 'secure-backend-merge-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const init = ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, folder];
  try {
    git(init, { cwd: folder, env: unconfigured });
    appendFileSync(join(folder, 'config'), configuration);
    writeFileSync(join(folder, 'objects/info/alternates'), entryOf(objects));
    return { call: { cwd: folder, env: { ...unconfigured, GIT_DIR: folder } }, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
