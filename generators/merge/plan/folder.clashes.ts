function* foldersOf(path: string): Iterable<string> {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    yield path.slice(0, end);
}

/** Those paths that are a folder among the others, or lie in what is a file there: a disk can't have both. */
export function folderClashes(paths: Iterable<string>, others: Iterable<string>): ReadonlySet<string> {
  const files = new Set(others);
  const folders = new Set([...files].flatMap((path) => [...foldersOf(path)]));
  return new Set(
    [...paths].filter(
      (path) => folders.has(path) || [...foldersOf(path)].some((folder) => files.has(folder)),
    ),
  );
}
