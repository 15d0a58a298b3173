import { parseNames, type Names } from './names.ts';
import { wordsOf } from './spelling.ts';

/** One place where an old name is still to be read. */
export interface Residue {
  /** Counted from 1. */
  readonly line: number;
  readonly found: string;
}

// Without word boundaries on purpose: what looks like a leftover is reported, and reworded in the template.
const separator = String.raw`(?:[-_./]|\s+(?:(?://|\*|#|--|>)\s+)?)?`;

const everySpelling = (names: readonly string[]): RegExp =>
  new RegExp(names.map((name) => wordsOf(name).join(separator)).join('|'), 'gi');

/**
 * Finds what is left of the old names in a text or path, in any letter case and with any separator or none
 * (`backendapi`, `BACKEND-API`). An old name inside a new one (`backend-api-gateway`) is no residue.
 */
export function findResidue(text: string, from: Names, to: Names): Residue[] {
  const [old, given] = [parseNames(from), parseNames(to)];
  const gone = (['service', 'plural', 'resource'] as const).filter((key) => old[key] !== given[key]);
  if (gone.length === 0) return [];
  const kept = [...text.matchAll(everySpelling(Object.values(given)))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  return [...text.matchAll(everySpelling(gone.map((key) => old[key])))]
    .filter(
      ({ 0: found, index }) => !kept.some(({ start, end }) => start <= index && index + found.length <= end),
    )
    .map(({ 0: found, index }) => ({ line: text.slice(0, index).split('\n').length, found }));
}
