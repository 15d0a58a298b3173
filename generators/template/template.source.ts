import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { listFiles } from '../rename/index.ts';
import { type FileTree, readTree, type TreeFile } from '../tree/index.ts';
import { isOfTemplate } from './template.paths.ts';

/** Where the package holds the template, beside its folders of code. */
export const packedTemplate = 'template.json';

/** A template, and the version of the generator that it belongs to. */
export interface Template {
  readonly version: string;
  readonly files: FileTree;
}

const version = z.object({ version: z.string() });

const packaged = version.extend({
  files: z.record(
    z.string(),
    z.tuple([z.enum(['100644', '100755', '120000']), z.string(), z.enum(['utf8', 'base64'])]),
  ),
});

/** The files of a repository that are the template. */
export function readRepository(root: string): Template {
  const manifest = readFileSync(join(root, 'generators/package.json'), 'utf8');
  return {
    ...version.parse(JSON.parse(manifest)),
    files: readTree(root, listFiles(root).filter(isOfTemplate)),
  };
}

/** One file for the package: npm would leave nested dotfiles and lock files out. */
export function packTemplate(template: Template): string {
  const files = [...template.files].map(([path, { mode, contents }]) => {
    const encoding = Buffer.from(contents.toString('utf8')).equals(contents) ? 'utf8' : 'base64';
    return [path, [mode, contents.toString(encoding), encoding]] as const;
  });
  return JSON.stringify({ version: template.version, files: Object.fromEntries(files) });
}

/** What {@link packTemplate} wrote. */
export function unpackTemplate(packed: string): Template {
  const { version: of, files } = packaged.parse(JSON.parse(packed));
  const entries = Object.entries(files).map(([path, [mode, contents, encoding]]): [string, TreeFile] => [
    path,
    { mode, contents: Buffer.from(contents, encoding) },
  ]);
  return { version: of, files: new Map(entries) };
}

let loaded: Template | undefined;

/** The template of this generator, read once: inside the package when it was installed, otherwise the repository around it. */
export function loadTemplate(): Template {
  loaded ??= readTemplate();
  return loaded;
}

function readTemplate(): Template {
  const folder = join(import.meta.dirname, '..');
  const file = join(folder, packedTemplate);
  return existsSync(file) ? unpackTemplate(readFileSync(file, 'utf8')) : readRepository(join(folder, '..'));
}
