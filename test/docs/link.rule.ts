import { posix } from 'node:path';
import type { Finding } from '../finding.ts';
import { anchorOf, type Markdown, type Piece } from './markdown.text.ts';

const target = /(?:\]\(|^\s*\[[^\]]+\]:\s*)<?([^)\s>]+)/g;
const elsewhere = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

const linksOf = (prose: readonly Piece[]): Piece[] =>
  prose.flatMap(({ line, text }) =>
    // What stands in a code span is shown, not linked.
    [...text.replaceAll(/`[^`]*`/g, '').matchAll(target)].map((link) => ({ line, text: link[1] ?? '' })),
  );

/** Relative links that lead to no file, and anchors without their heading. */
export function deadLinks(documents: readonly Markdown[], exists: (path: string) => boolean): Finding[] {
  const anchors = new Map(
    documents.map(({ path, headings }) => [path, headings.map(({ text }) => anchorOf(text))]),
  );
  const isDead = (from: string, link: string): boolean => {
    if (elsewhere.test(link)) return false;
    const [file = '', anchor] = decodeURI(link).split('#');
    const path = file === '' ? from : posix.join(posix.dirname(from), file);
    if (!exists(path)) return true;
    return anchor !== undefined && anchors.has(path) && !anchors.get(path)?.includes(anchor);
  };
  return documents.flatMap(({ path, prose }) =>
    linksOf(prose)
      .filter(({ text }) => isDead(path, text))
      .map(({ line, text }) => ({ path, line, message: `dead link: ${text}` })),
  );
}
