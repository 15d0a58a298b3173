import { setTimeout as delay } from 'node:timers/promises';
import { type Figures, figuresOf, measure } from '../load/measured.stretch.ts';
import type { OpenStore } from '../surroundings/credential.store.ts';
import type { BenchContext } from './bench.context.ts';
import { type OpenSubject, withSubject } from './open.subject.ts';
import { countChanges, type Remains, remainsOf, roleId } from './part.remains.ts';

export interface RevocationsResult extends Remains {
  revocations: number;
  figures: Figures;
  /** As the database's own metric counts them. */
  unknownOutcomes: number;
  /** Units that began again, as the database's own metric counts them. */
  replays: number;
}

/** Load while roles are dropped behind the service's back, their sessions terminated or left alone. */
export async function revokeUnderLoad(
  context: BenchContext,
  openStore: OpenStore,
  { isTerminated }: { isTerminated: boolean },
): Promise<RevocationsResult> {
  return withSubject(context, 'bench-revocations', openStore, async (open) => {
    const { load, options, signal } = context;
    const before = await countChanges(context);
    const stretch = await measure(load, open.subject, async (tally) => {
      for (let time = 0; time < options.revocations; time++) {
        // oxlint-disable no-await-in-loop -- one revocation after the other
        await delay(options.pace, undefined, { signal });
        const end = tally.beginChange();
        await revokeOnce(context, open, isTerminated);
        end();
        // oxlint-enable no-await-in-loop
      }
      await delay(options.pace, undefined, { signal });
    });
    const { store, subject } = open;
    const manner = isTerminated ? 'revoked and terminated' : 'revoked';
    return {
      revocations: options.revocations,
      figures: figuresOf(`${store.name}, ${manner}`, [stretch]),
      unknownOutcomes: await subject.count('unknownOutcomes'),
      replays: await subject.count('replays'),
      ...(await remainsOf(context, open, before)),
    };
  });
}

async function revokeOnce(context: BenchContext, open: OpenSubject, isTerminated: boolean): Promise<void> {
  const { store, subject } = open;
  const { generation } = subject.database;
  const role = await roleId(context, store.source.current.value.username);
  await store.revoke(async () => {
    if (!isTerminated) return;
    await context.postgres.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where usesysid = $1::oid',
      [role],
    );
  });
  await subject.isSucceeded(generation);
  await subject.isClosed(generation);
}
