import { looksPlural, pluralise } from './plural.ts';

/** The names a template is written in, and the ones a copy gets; all kebab-case. */
export interface Names {
  /** The service: `backend-api`. */
  readonly service: string;
  /** One item of the sample resource: `work-item`. */
  readonly resource: string;
  /** Several of them; derived from `resource` when absent. */
  readonly plural?: string;
}

/**
 * Kubernetes' labels and Postgres' identifiers end at 63 characters (Postgres cuts silently). The rest is room for
 * what is put behind a name: `_migrator` on a role, 17 characters on a pod, `_due_date_id_index` on a table.
 */
export const longestName = 40;

const shape = /^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)+$/;

// In snake case these are words of SQL, which Postgres accepts as a name only in quotes.
const sqlKeywords =
  /^(?:current-(?:catalog|date|role|schema|time|timestamp|user)|session-user|system-user)(?:s|es)?$/;
// `pg_` is refused for a role, `kube-` belongs to the cluster.
const reservedPrefix = /^(?:pg|kube)-/;

/** Why a name can't be used, in a sentence for the user; undefined when it can. */
export function refuseName(name: string): string | undefined {
  const shown = JSON.stringify(name);
  if (!shape.test(name)) {
    return (
      `${shown} is not a usable name: it takes two or more words of lower-case ASCII letters and digits, ` +
      'each beginning with a letter, joined by hyphens, such as "orders-api". One word alone is refused ' +
      'because its kebab, camel and snake forms coincide, so that it can never be told apart again.'
    );
  }
  if (name.length > longestName)
    return `${shown} is too long: ${name.length} of at most ${longestName} characters.`;
  if (sqlKeywords.test(name)) return `${shown} is reserved: written with underscores it is a keyword of SQL.`;
  if (reservedPrefix.test(name))
    return `${shown} is reserved: Postgres keeps "pg_" and Kubernetes "kube-" for itself.`;
  return undefined;
}

/** Why a set of names can't be used; undefined when it can. */
export function refuseNames({ service, resource, plural }: Names): string | undefined {
  const refusal = [service, resource, ...(plural === undefined ? [] : [plural])]
    .map(refuseName)
    .find(Boolean);
  if (refusal !== undefined) return refusal;
  if (plural === undefined && looksPlural(resource)) {
    return `"${resource}" looks like a plural: name one item, or give its plural too.`;
  }
  const { service: first, resource: second, plural: third } = completeNames({ service, resource, plural });
  if (new Set([first, second, third]).size < 3)
    return 'The service, its resource and the plural need three different names.';
  return refuseName(third);
}

/**
 * The same names with the plural filled in.
 * @throws Error with a sentence for the user when a name can't be used.
 */
export function parseNames(names: Names): Required<Names> {
  const refusal = refuseNames(names);
  if (refusal !== undefined) throw new Error(refusal);
  return completeNames(names);
}

const completeNames = ({ service, resource, plural = pluralise(resource) }: Names): Required<Names> => ({
  service,
  resource,
  plural,
});
