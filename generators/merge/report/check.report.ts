import { showPath } from '../workspace/shown.paths.ts';
import type { WorkspaceCheck } from './workspace.check.ts';

const shownFiles = 10;

function list(files: readonly { path: string; kind: string }[]): string[] {
  const more = files.length - shownFiles;
  const lines = files.slice(0, shownFiles).map(({ path, kind }) => `  ${kind.padEnd(12)}${showPath(path)}`);
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** A check for people, in short. */
export function reportCheck({ current, recorded, newest, behind, drifted }: WorkspaceCheck): string {
  if (current) return `Current: version ${recorded}, and nothing of the template's was changed.\n`;
  const versions =
    recorded === newest ? `version ${recorded}` : `version ${recorded}, the newest is ${newest}`;
  const files = behind.length === 1 ? '1 file' : `${behind.length} files`;
  return [
    ...(recorded !== newest || behind.length > 0
      ? [`Behind: ${versions}; an update changes ${files}.`, ...list(behind)]
      : []),
    ...(drifted.length > 0
      ? [`Drifted: the template's files that were changed here.`, ...list(drifted)]
      : []),
    'Next: yo secure-backend:update, with --restore where the changes here should go.',
    '',
  ].join('\n');
}
