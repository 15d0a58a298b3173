import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { listFiles } from '../rename/index.ts';
import { type FileTree, readTree, type TreeFile } from '../tree/index.ts';
import { isOfTemplate } from './template.paths.ts';

/** A template, and the version of the generator that it belongs to. */
export interface Template {
  readonly version: string;
  readonly files: FileTree;
}

const packaged = z.record(
  z.string(),
  z.tuple([z.enum(['100644', '100755', '120000']), z.string(), z.enum(['utf8', 'base64'])]),
);

const text = z.object({ version: z.string() });

/** The files of a repository that are the template. */
export function readRepository(root: string): Template {
  const { version } = text.parse(JSON.parse(readFileSync(join(root, 'generators/package.json'), 'utf8')));
  return { version, files: readTree(root, listFiles(root).filter(isOfTemplate)) };
}

/** One file for the package: npm would leave nested dotfiles and lock files out. */
export function packTemplate({ files }: Template): string {
  const entries = [...files].map(([path, { mode, contents }]) => {
    const encoding = Buffer.from(contents.toString('utf8')).equals(contents) ? 'utf8' : 'base64';
    return [path, [mode, contents.toString(encoding), encoding]] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
}

/** What {@link packTemplate} wrote. */
export function unpackTemplate(packed: string): FileTree {
  const entries = Object.entries(packaged.parse(JSON.parse(packed)));
  return new Map(
    entries.map(([path, [mode, contents, encoding]]): [string, TreeFile] => [
      path,
      { mode, contents: Buffer.from(contents, encoding) },
    ]),
  );
}

/**
 * The template of this generator: inside the package when it was installed, otherwise the repository around it.
 * @param folder of this package, or of its built part
 */
export function loadTemplate(folder: string): Template {
  const file = join(folder, 'template.json');
  if (!existsSync(file)) return readRepository(join(folder, '..'));
  const { version } = text.parse(JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')));
  return { version, files: unpackTemplate(readFileSync(file, 'utf8')) };
}
