interface Version {
  readonly release: readonly number[];
  readonly early: string;
}

function parse(version: string): Version {
  const [, numbers = '', early = ''] = /^v?([\d.]*)(?:-([^+]*))?/.exec(version) ?? [];
  return { release: numbers.split('.').map(Number), early };
}

/** The order of two versions (semver.org, clause 11): negative when the first is the older one. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [parse(one), parse(other)];
  for (const at of [0, 1, 2]) {
    const difference = (a.release[at] ?? 0) - (b.release[at] ?? 0);
    if (difference !== 0) return difference;
  }
  // What comes before a release is older than it.
  if (a.early === '' || b.early === '') return Number(a.early === '') - Number(b.early === '');
  return a.early.localeCompare(b.early, 'en', { numeric: true });
}
