import { readTree } from '../../tree/index.ts';
import { quoted } from '../git/git.objects.ts';
import { gitLine, runGit } from '../git/git.program.ts';
import { recorded, type RecordedFile, type StampRecord } from './stamp.record.ts';

/**
 * Recorded files as they lie on the disk. Where git changes bytes on the way there, like line endings, it says what it
 * would keep; a folder without git is read as it is.
 */
export function filesOnDisk(root: string, { files }: StampRecord): ReadonlyMap<string, RecordedFile> {
  const found = new Map([...readTree(root, [...files.keys()])].map(([path, file]) => [path, recorded(file)]));
  const differing = [...found].filter(
    ([path, { id, mode }]) => mode !== '120000' && files.get(path)?.id !== id,
  );
  const ids = hashAsGit(
    root,
    differing.map(([path]) => path),
  );
  for (const [at, [path, file]] of differing.entries()) found.set(path, { ...file, id: ids[at] ?? file.id });
  return found;
}

/** None when there is no git work tree, or one that names its objects otherwise than the record. */
function hashAsGit(root: string, paths: readonly string[]): string[] {
  const call = { cwd: root };
  if (paths.length === 0) return [];
  if (runGit(['rev-parse', '--is-inside-work-tree'], call).stdout.toString().trim() !== 'true') return [];
  if (gitLine(['rev-parse', '--show-object-format'], call) !== 'sha1') return [];
  // Unlike other paths, those of this input begin at the repository's top.
  const prefix = gitLine(['rev-parse', '--show-prefix'], call);
  const input = paths.map((path) => `${quoted(prefix + path)}\n`).join('');
  return gitLine(['hash-object', '--stdin-paths'], { ...call, input }).split('\n');
}
