import { matchesGlob, posix } from 'node:path';
import type { Finding } from '../finding.ts';
import { codeSpans, type Markdown } from './markdown.text.ts';

/** Top-level folders of the design; a path into one that isn't there yet is a promise, not a fact. */
const designed = ['apps', 'libs', 'k8s', 'docker', 'test', 'docs'];

// Made by a run, or to be filled in by the reader.
const notCommitted =
  /(?:^|\/)(?:node_modules|dist|reports|coverage|\.local|\.nx)(?:\/|$)|[<>$]|\/[A-Z]+(?:\/|$)/;
const pathShape = /^(?:\.\/)?[\w.@*{}<>$,-]+(?:\/[\w.@*{}<>$,-]+)*\/?$/;
const document = /^[A-Z][A-Z_-]*\.md$/;

/** All committed files and the folders that hold them. */
export function foldersAndFiles(files: readonly string[]): Set<string> {
  const known = new Set(files);
  for (const file of files) {
    for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder)) known.add(folder);
  }
  return known;
}

/** Paths named in code, inline or fenced, that aren't in the repository; globs have to match something. */
export function missingPaths({ path, prose, fenced }: Markdown, known: ReadonlySet<string>): Finding[] {
  const home = posix.dirname(path);
  const top = new Set([...designed, ...[...known].filter((entry) => !entry.includes('/'))]);
  const beside = new Set(
    [...known].filter((entry) => posix.dirname(entry) === home).map((entry) => posix.basename(entry)),
  );
  const looksLikePath = (word: string): boolean => {
    const [first = ''] = word.replace(/^\.\//, '').split('/');
    return document.test(word) || (word.includes('/') && (top.has(first) || beside.has(first)));
  };
  const isThere = (word: string): boolean =>
    [posix.join(home, word), posix.normalize(word)].some((candidate) => {
      const clean = candidate.replace(/\/$/, '');
      return (
        known.has(clean) || (/[*{]/.test(clean) && [...known].some((entry) => matchesGlob(entry, clean)))
      );
    });
  return [...codeSpans(prose), ...fenced].flatMap(({ line, text }) =>
    text
      .split(/[\s"'`()=;|]+/)
      .map((word) => word.replace(/(?::\d+)?[.,:]?$/, ''))
      .filter(
        (word) => pathShape.test(word) && looksLikePath(word) && !notCommitted.test(word) && !isThere(word),
      )
      .map((word) => ({ path, line, message: `no such path: ${word}` })),
  );
}
