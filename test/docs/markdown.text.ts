/** A piece of a Markdown file, with where it begins, counted from 1. */
export interface Piece {
  readonly line: number;
  readonly text: string;
}

/** What the rules look at in a Markdown file. */
export interface Markdown {
  readonly path: string;
  readonly headings: readonly Piece[];
  /** Prose and tables line by line, without fenced blocks. */
  readonly prose: readonly Piece[];
  /** Lines of fenced blocks. */
  readonly fenced: readonly Piece[];
}

const fence = /^\s*(?:```|~~~)/;

/** Splits a Markdown file into its headings, prose and fenced code. */
export function parseMarkdown(path: string, text: string): Markdown {
  const [headings, prose, fenced]: [Piece[], Piece[], Piece[]] = [[], [], []];
  let inFence = false;
  for (const [index, content] of text.split('\n').entries()) {
    const piece = { line: index + 1, text: content };
    if (fence.test(content)) inFence = !inFence;
    else if (inFence) fenced.push(piece);
    else {
      prose.push(piece);
      if (/^#{1,6} /.test(content)) headings.push({ ...piece, text: content.replace(/^#+ /, '') });
    }
  }
  return { path, headings, prose, fenced };
}

/** The contents of `code spans`. */
export const codeSpans = (prose: readonly Piece[]): Piece[] =>
  prose.flatMap(({ line, text }) =>
    [...text.matchAll(/`([^`]+)`/g)].map((span) => ({ line, text: span[1] ?? '' })),
  );

/** The anchor that a heading gets on the page. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
