import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const packagePath = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * The licence texts of all packages that a bundle has taken files from, in one deterministic text.
 *
 * @param inputs paths of the bundled files, as esbuild's metafile has them
 * @throws Error for a package that doesn't say under which licence it is
 */
export function licencesOf(inputs: readonly string[]): { text: string; packages: number } {
  const folders = new Set(
    inputs.map((path) => packagePath.exec(path)?.[1]).filter((folder) => folder !== undefined),
  );
  const sections = new Map([...folders].map((folder) => sectionOf(folder)));
  const text = [...sections]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([title, body]) => `${'='.repeat(79)}\n${title}\n${'='.repeat(79)}\n\n${body.trim()}\n`)
    .join('\n');
  return { text, packages: sections.size };
}

function sectionOf(folder: string): [title: string, body: string] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string | { type: string };
    licenses?: { type: string }[];
  };
  const { name, version, license = manifest.licenses?.[0] } = manifest;
  const id = typeof license === 'object' ? license.type : license;
  const texts = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => licenceFile.test(file))
        .toSorted()
    : [];
  if (id === undefined && texts.length === 0) throw new Error(`${name} ${version} names no licence`);
  const body = texts
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n'))
    .join('\n');
  return [`${name} ${version} (${id ?? 'see below'})`, body || `Licensed under ${id}.`];
}
