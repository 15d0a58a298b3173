import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { stringify } from 'yaml';
import { nameOf, type Manifest } from '../../kubernetes/manifest.ts';
import type { ScanInput } from '../scanners/scanner.ts';

/** Writes objects into one file of YAML, and remembers which of them a line belongs to; and each into a file of its own. */
export function writeManifests(name: string, path: string, manifests: readonly Manifest[]): ScanInput {
  const starts: { line: number; resource: string }[] = [];
  const objects = `${path}.d`;
  mkdirSync(objects);
  let text = '';
  let line = 1;
  for (const manifest of manifests) {
    starts.push({ line, resource: nameOf(manifest) });
    // Programs in Go read YAML 1.1, where a bare `yes` is no string.
    const document = `---\n${stringify(manifest, { version: '1.1', aliasDuplicateObjects: false })}`;
    text += document;
    writeFileSync(join(objects, `${nameOf(manifest).replace('/', '~')}~${line}.yaml`), document);
    line += document.split('\n').length - 1;
  }
  writeFileSync(path, text);
  const resourceAt = (wanted: number) => starts.findLast((start) => start.line <= wanted)?.resource ?? name;
  return { kind: 'manifests', name, path, objects, resourceAt };
}

/** The object whose own file this is. */
export const resourceOfFile = (file: string): string => basename(file).split('~').slice(0, 2).join('/');
