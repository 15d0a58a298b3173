const endings: readonly [RegExp, string][] = [
  [/(?<=[^aeiou])y$/, 'ies'],
  [/is$/, 'es'],
  [/(?<=s|x|z|ch|sh)$/, 'es'],
  [/$/, 's'],
];

/**
 * The regular English plural of a kebab-case name: `delivery-category` → `delivery-categories`.
 * Irregular ones (`person`) have to be given by the caller.
 */
export function pluralise(name: string): string {
  const [ending, replacement] = endings.find(([candidate]) => candidate.test(name)) ?? [/$/, 's'];
  return name.replace(ending, replacement);
}

/** Whether a name looks like a plural already; `address`, `status`, `analysis` and `gas` don't. */
export const looksPlural = (name: string): boolean => /[^aious]s$/.test(name);
