import type { Manifest } from '../../kubernetes/manifest.ts';
import { pathsOf, pointerOf } from '../mutations/json.pointer.ts';

/** A text within a rendering, by where it stands. */
interface Leaf {
  readonly at: string;
  readonly text: string;
}

const leavesOf = (manifest: Manifest): Leaf[] =>
  pathsOf(manifest).flatMap((path) => {
    const value = path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], manifest);
    return typeof value === 'string' ? [{ at: pointerOf(path), text: value }] : [];
  });

/** Shannon's entropy in bits per character. */
export function entropy(text: string): number {
  const counts = Map.groupBy(text, (character) => character);
  return [...counts.values()].reduce((sum, { length }) => {
    const share = length / text.length;
    return sum - share * Math.log2(share);
  }, 0);
}

// A digest is public by nature.
const digest = /@sha256:[0-9a-f]{64}/g;
const word = /[A-Za-z0-9+=_-]{20,}/g;
const shapes = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bhvs\.\w{20,}/,
  /\beyJ[\w-]{10,}\.eyJ/,
  /SCRAM-SHA-256\$\d+:/,
];
const hasAllKinds = (text: string): boolean => [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(text));

/** Words that look as if chance had made them, and what is a secret by its shape: places, never the values themselves. */
export const secretsIn = (manifest: Manifest): string[] =>
  leavesOf(manifest)
    .filter(({ text }) => {
      const words = text.replaceAll(digest, '').match(word) ?? [];
      return (
        shapes.some((shape) => shape.test(text)) ||
        words.some((candidate) =>
          /^[0-9a-f]+$/.test(candidate)
            ? candidate.length >= 32 && entropy(candidate) > 3
            : hasAllKinds(candidate) && entropy(candidate) > 3.8,
        )
      );
    })
    .map(({ at }) => at);
