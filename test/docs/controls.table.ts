/** A row of a table in docs/controls.md. */
export interface Control {
  /** A clause of the article, like `N1`, or a row of the hardening rules, like `24`. */
  readonly id: string;
  /** Cells by the heading of their column. */
  readonly cells: ReadonlyMap<string, string>;
  /** In the document, counted from 1. */
  readonly line: number;
}

/** The words that may stand under "Where proven". */
export const places = ['every npm test', 'real cluster', 'CI only', 'not proven'];

/** Rows of all tables with such a first column. */
export function readControls(text: string, ...firsts: readonly string[]): Control[] {
  let headings: readonly string[] = [];
  return text.split('\n').flatMap((content, index) => {
    const cells = cellsOf(content);
    if (cells === undefined) headings = [];
    else if (headings.length === 0) headings = cells;
    else if (firsts.includes(headings[0] ?? '') && !/^-+$/.test(cells[0] ?? ''))
      return [
        {
          id: cells[0] ?? '',
          cells: new Map(headings.map((heading, column) => [heading, cells[column] ?? ''])),
          line: index + 1,
        },
      ];
    return [];
  });
}

const cellsOf = (line: string): string[] | undefined =>
  line.startsWith('|')
    ? line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    : undefined;

/** What stands in backticks in a cell. */
export const namesIn = (control: Control, heading: string): string[] =>
  Array.from((control.cells.get(heading) ?? '').matchAll(/`([^`]+)`/g), ([, name = '']) => name);

/** Where the row says that it is proven. */
export const placesOf = (control: Control): string[] =>
  (control.cells.get('Where proven') ?? '').replaceAll('`', '').split(', ');
