import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { parseManifests } from '../kubernetes/kustomize.program.ts';
import type { Manifest } from '../kubernetes/manifest.ts';

const extension = '.yaml';

/** What is rendered together, by the folder of its kustomization. */
export type Rendering = readonly [path: string, manifests: readonly Manifest[]];

/** Where the sample of a kustomization is. */
export const samplePath = (path: string): string => join(import.meta.dirname, `${path}${extension}`);

/** What a sample's file holds. */
export const sampleText = (manifests: readonly Manifest[]): string =>
  manifests
    .map((manifest) => stringify(manifest, { singleQuote: true, lineWidth: 0, aliasDuplicateObjects: false }))
    .join('---\n');

/** The folders whose renderings are kept, in the order in which they are judged. */
export const sampled = (): string[] =>
  globSync(`**/*${extension}`, { cwd: import.meta.dirname })
    .map((path) => path.replaceAll('\\', '/').slice(0, -extension.length))
    .toSorted(
      (one, other) => Number(isDependency(one)) - Number(isDependency(other)) || (one < other ? -1 : 1),
    );

const isDependency = (path: string): boolean => path.includes('/dependencies/');

/**
 * Renderings as the template has them. Rules and evaluators are tried on these, where every object is as somebody has decided; the
 * manifests of a workspace may have become anything that keeps to the rules.
 */
export const samples = (): Rendering[] => sampled().map((path) => [path, sampleAt(path)]);

/** One of them. */
export const sampleAt = (path: string): Manifest[] => parseManifests(readFileSync(samplePath(path), 'utf8'));
