import { setTimeout as delay } from 'node:timers/promises';
import type { ThrowawayVault } from '@secure-backend/local-stack/testing';
import { type Figures, figuresOf, measure } from '../load/measured.stretch.ts';
import { vaultStore } from '../surroundings/vault.store.ts';
import type { ServiceFields } from '../surroundings/service.events.ts';
import type { BenchContext } from './bench.context.ts';
import { withSubject } from './open.subject.ts';
import { countChanges, type Remains, remainsOf } from './part.remains.ts';

/** Seconds; short, so that an outage outlasts it. */
export const leaseOfOutage = 5;

export interface OutageResult extends Remains {
  figures: Figures;
  sealedSeconds: number;
  failedWhileSealed: number;
  /** Since the seal, in seconds; states of the credential and of generations, as they were logged. */
  timeline: { seconds: number; what: string }[];
}

/** Load while Vault is sealed for longer than the lease of the credential, and while it comes back. */
export async function sealUnderLoad(context: BenchContext, vault: ThrowawayVault): Promise<OutageResult> {
  const openStore = vaultStore(vault, context.postgres, { leaseSeconds: leaseOfOutage });
  return withSubject(context, 'bench-outage', openStore, async (open) => {
    const { load, options, signal } = context;
    const { events, subject } = open;
    const before = await countChanges(context);
    const wait = (seconds: number) => delay(seconds * 1_000, undefined, { signal });
    const marks: { at: number; what: string }[] = [];
    const mark = (what: string) => marks.push({ at: performance.now(), what });
    let failedWhileSealed = 0;
    const stretch = await measure(load, subject, async (tally) => {
      // All sessions open: no new one can be had after the lease's end.
      await wait(1);
      await vault.seal();
      mark('sealed');
      const end = tally.beginChange();
      const { generation } = subject.database;
      await wait(options.outage);
      failedWhileSealed = tally.failed;
      mark('unsealed');
      await vault.unseal();
      await subject.isSucceeded(generation);
      await subject.isClosed(generation);
      end();
      await wait(1);
    });
    const began = marks[0]?.at ?? 0;
    const logged = events.all.flatMap(({ at, fields }) => ({ at, what: describe(fields) }));
    const timeline = [...marks, ...logged]
      .filter(({ at, what }) => at >= began && what !== '')
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, what }) => ({ seconds: (at - began) / 1_000, what }));
    return {
      figures: figuresOf(`vault, sealed for ${options.outage} s`, [stretch]),
      sealedSeconds: options.outage,
      failedWhileSealed,
      timeline,
      ...(await remainsOf(context, open, before)),
    };
  });
}

/** Empty for what doesn't belong in the timeline. */
function describe(fields: ServiceFields): string {
  const state = fields['database.generation.state'];
  if (state !== undefined) return `generation ${fields['database.generation']} ${state}`;
  return fields['secret.name'] === 'db-credentials' ? (fields['secret.state'] ?? '') : '';
}
