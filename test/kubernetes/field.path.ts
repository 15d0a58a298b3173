/** Parsed YAML of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** A value far down, or undefined where the path ends early: `at(pod, 'securityContext', 'runAsUser')`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (typeof found === 'object' && found !== null ? (found as Fields)[key] : undefined),
    value,
  );
}

/** The objects of a list field; none where there is no such list. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): Fields[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? (found as Fields[]) : [];
}
