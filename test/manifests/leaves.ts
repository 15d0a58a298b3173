/** Pointers to everything in a value that isn't a list or an object itself. */
export function leavesOf(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
    return leavesOf(inner, pointer === '' ? step : `${pointer}/${step}`);
  });
}
