import { accessSync, constants, readdirSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { enclosingWorkspaces } from './enclosing.workspaces.ts';
import { gitSurroundings } from './git.surroundings.ts';
import { isStamped, outwards } from './stamped.folder.ts';

// Each was tried: npm parts folders on the PATH by colons; Vite takes # ? and % for parts of a URL, Node and Nx take * and \ for
// patterns, and Postgres gives its own path to a shell.
const oddCharacters = process.platform === 'win32' ? /[\p{Cc}#?%*"'$`]/u : /[\p{Cc}#?%*"'$`:\\]/u;

const shownEntries = 3;

function refusePath(folder: string): string | undefined {
  const [odd] = oddCharacters.exec(folder) ?? [];
  return (
    odd &&
    `The path of this folder holds ${JSON.stringify(odd)}, which tools take for something else: ${JSON.stringify(folder)}. Choose one of letters, digits, and . _ - or blanks.`
  );
}

function refuseEntries(folder: string): string | undefined {
  const entries = readdirSync(folder)
    .filter((entry) => entry !== '.git')
    .toSorted();
  if (entries.length === 0) return undefined;
  const more = entries.length - shownEntries;
  const shown = entries.slice(0, shownEntries).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `This folder is not empty: there is ${shown}. Make an empty one, in which at most .git may be, and run it there.`;
}

function refuseAccess(folder: string): string | undefined {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EROFS'
      ? `${folder} is on a read-only file system. Choose a folder that can be written to.`
      : `You may not write in ${folder}. Choose another folder, or mend its permissions.`;
  }
}

function refuseSurroundings(folder: string): string | undefined {
  const [, ...parents] = outwards(folder);
  const stamped = parents.find(isStamped);
  if (stamped !== undefined)
    return `This folder lies in the stamped workspace ${stamped}. Go there, and add a service to it with "yo secure-backend:service".`;
  const enclosing = enclosingWorkspaces(folder);
  return (
    enclosing &&
    `This folder is one of the npm workspaces of ${enclosing}, and npm would install there. Choose a folder outside of it.`
  );
}

function refuseGit(folder: string): string | undefined {
  const git = gitSurroundings(folder);
  if (git.kind === 'no git')
    return 'There is no git on the PATH, and the proofs list the files of a workspace by it. Install git 2.38 or newer.';
  if (git.kind === 'untrusted')
    return `Git does nothing in this folder, as it belongs to somebody else. Run: git config --global --add safe.directory ${folder}`;
  return git.kind === 'repository' && git.isIgnored
    ? `The git repository ${git.top} ignores what is in this folder, so nobody would ever see a change of it. Run "git init" here first, or choose another folder.`
    : undefined;
}

/** Why a workspace can't be stamped into a folder, in a sentence for the user; undefined when it can. */
export function refuseNewWorkspace(folder: string): string | undefined {
  const here = resolve(folder);
  try {
    return (
      refusePath(here) ??
      refuseSurroundings(here) ??
      refuseEntries(here) ??
      refuseAccess(here) ??
      refuseGit(here)
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return `${here} is no folder. Make it, and run it there.`;
    if (code === 'EACCES' || code === 'EPERM')
      return `You may not read ${here}. Choose another folder, or mend its permissions.`;
    throw error;
  }
}

/** What the user should know of a folder that a workspace can be stamped into; undefined when there is nothing. */
export function remarkNewWorkspace(folder: string): string | undefined {
  const git = gitSurroundings(folder);
  return git.kind === 'repository' && git.top !== realpathSync(folder)
    ? `This folder belongs to the git repository ${git.top}: its history is this workspace's too. Run "git init" here first if it shall have one of its own.`
    : undefined;
}
