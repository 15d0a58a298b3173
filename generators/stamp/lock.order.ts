const first = [
  'name',
  'version',
  'lockfileVersion',
  'resolved',
  'integrity',
  'requires',
  'packages',
  'dependencies',
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const rank = (key: string): number => (first.includes(key) ? first.indexOf(key) : first.length);

/** Keys in the order in which npm writes a lock file: what holds no keys itself, then a few by rank, then by alphabet. */
export function inOrder(value: unknown): unknown {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).toSorted(
    ([a, x], [b, y]) =>
      Number(isObject(x)) - Number(isObject(y)) || rank(a) - rank(b) || a.localeCompare(b, 'en'),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
