import { format, type Options } from 'prettier';
import type { FileTree, TreeFile } from '../tree/index.ts';

const configuration = '.prettierrc.json';
const formatted = /\.(?:[cm]?[jt]s|json|ya?ml|md)$/;
const unformatted = /(?:^|\/)package-lock\.json$/;

/** Formats one text as the workspace's own `npm run format` would. */
export type Format = (path: string, text: string) => Promise<string>;

/** The formatting that a workspace is configured for. */
export function formatOf(workspace: FileTree): Format {
  const found = workspace.get(configuration);
  const options = found ? (JSON.parse(found.contents.toString()) as Options) : {};
  return (path, text) => format(text, { ...options, filepath: path });
}

const isFormatted = (path: string, { mode }: TreeFile): boolean =>
  mode !== '120000' && formatted.test(path) && !unformatted.test(path);

/** Formats those files of a tree whose text differs from what was formatted before: longer names wrap lines. */
export async function formatChanged(
  tree: FileTree,
  before: (path: string, file: TreeFile) => boolean,
  formatText: Format,
): Promise<FileTree> {
  const entries = [...tree].map(async ([path, file]): Promise<[string, TreeFile]> => {
    if (!isFormatted(path, file) || before(path, file)) return [path, file];
    return [path, { ...file, contents: Buffer.from(await formatText(path, file.contents.toString())) }];
  });
  return new Map(await Promise.all(entries));
}
