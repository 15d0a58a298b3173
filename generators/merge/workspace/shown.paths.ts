const shownPaths = 10;

/** Up to ten paths, one a line, and how many more there are. */
export function listPaths(paths: readonly string[]): string {
  const more = paths.length - shownPaths;
  const lines = paths.slice(0, shownPaths).map((path) => `  ${showPath(path)}`);
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}

/** A path as a line can show it: as it is, or in quotes when it holds what would break the line. */
export const showPath = (path: string): string => (/^[^\p{Cc}"]+$/u.test(path) ? path : JSON.stringify(path));
