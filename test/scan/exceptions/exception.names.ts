import type { ScanException } from './exception.list.ts';

/** Names by the word that stands for them in a pattern: `{service}` for any of `service`. */
export type PlaceholderNames = Readonly<Record<'service' | 'caller', readonly string[]>>;

const placeholder = /\{(service|caller)\}/;

/** Puts names where exceptions have placeholders. One whose placeholder has no name at all is about nothing, and left out. */
export const withNames = (exceptions: readonly ScanException[], names: PlaceholderNames): ScanException[] =>
  exceptions.flatMap((exception) => {
    const [found, word] = placeholder.exec(exception.resource) ?? [];
    if (found === undefined) return [exception];
    const [first, ...others] = names[word as keyof PlaceholderNames];
    if (first === undefined) return [];
    const pattern = others.length === 0 ? first : `@(${[first, ...others].join('|')})`;
    return [{ ...exception, resource: exception.resource.replace(found, pattern) }];
  });
