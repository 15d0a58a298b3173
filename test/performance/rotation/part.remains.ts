import type { BenchContext } from './bench.context.ts';
import type { OpenSubject } from './open.subject.ts';

/** What is left when a part has ended, its database still open. */
export interface Remains {
  /** Writes whose promise was fulfilled. */
  writes: number;
  /** Writes that Postgres has. */
  changes: number;
  /** Sessions under another role than the current one. */
  oldSessions: number;
  /** Roles that may log in as the service; undefined where they are the same ones for ever. */
  liveRoles: number | undefined;
}

/** Where a part begins: committed writes as callers and as Postgres count them. */
export interface ChangeCount {
  writes: number;
  changes: number;
}

export async function countChanges({ postgres, load }: BenchContext): Promise<ChangeCount> {
  const [row] = await postgres.query<{ count: number }>('select count(*)::int as count from change');
  return { writes: load.writes, changes: row?.count ?? 0 };
}

/** To be called while no load runs. */
export async function remainsOf(
  context: BenchContext,
  { store, subject, sessions }: OpenSubject,
  before: ChangeCount,
): Promise<Remains> {
  const { generation } = subject.database;
  if (generation > 1) await subject.isReturned(generation - 1);
  const now = await countChanges(context);
  const current = await roleId(context, store.source.current.value.username);
  const others = [...(await sessions.look())].filter(([role]) => role !== current);
  return {
    writes: now.writes - before.writes,
    changes: now.changes - before.changes,
    oldSessions: others.reduce((sum, [, count]) => sum + count, 0),
    liveRoles: await store.liveRoles(),
  };
}

export async function roleId({ postgres }: BenchContext, role: string): Promise<number | undefined> {
  const [row] = await postgres.query<{ oid: number }>('select oid::int from pg_roles where rolname = $1', [
    role,
  ]);
  return row?.oid;
}
