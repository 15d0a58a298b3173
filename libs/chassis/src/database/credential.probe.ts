import { GrantsMissing } from './interruption.ts';
import { statement, type UnitOfWork } from './statement.ts';

/** The user's own relations that the role may read; asking for `session_user` fails for a role that is gone. */
const readableRelations = statement<{ role: string; readable: string[] }>(`
  select session_user as role, array(
    select c.oid::text from pg_class c
    where c.oid >= 16384 and c.relkind in ('r', 'p', 'v', 'm')
      and has_schema_privilege(c.relnamespace, 'usage') and has_table_privilege(c.oid, 'select')
  ) as readable`);

/** @returns ids of the relations that the role of this session may read */
export async function readableBy(unit: UnitOfWork): Promise<string[]> {
  const [row] = await unit.query(readableRelations);
  return row?.readable ?? [];
}

/**
 * Refuses a credential that may read less than the one it replaces: somebody forgot a grant, and the service would find out by
 * failing requests.
 *
 * @param before what the outgoing credential may read now; undefined when nobody can say
 * @throws GrantsMissing
 */
export function assertNothingLost(readable: readonly string[], before: readonly string[] | undefined): void {
  const kept = new Set(readable);
  if (before?.some((relation) => !kept.has(relation))) {
    throw new GrantsMissing();
  }
}
