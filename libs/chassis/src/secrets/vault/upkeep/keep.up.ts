import type { Clock } from '../../../timing/index.ts';
import { SecretError } from '../../secret.source.ts';
import type { Term } from './term.ts';

/** `refused`: it has ended at Vault, or may not be renewed. `truncated`: this was the last renewal. */
export type Renewal = 'renewed' | 'truncated' | 'refused';

/** Something granted by Vault that is kept alive, and replaced in time. */
export interface Kept {
  readonly term: Term;
  /** Live; no later than the term's own end. */
  readonly expiresAt: number;
  /** Aborted when nobody wants it any more. */
  readonly over: AbortSignal;
  /** Aborted when it must be replaced without delay. */
  readonly ending: AbortSignal;
  /** Its successor is there; while it is still used, it is only renewed. */
  isReplaced(): boolean;
  /** @throws SecretError when that failed for now */
  renew(): Promise<Renewal>;
  /** @throws SecretError when that failed for now */
  replace(): Promise<void>;
}

/** `failed`: for now; to be tried again. */
type Outcome = 'kept' | 'failed' | 'done';

/**
 * Renews at two thirds of its life, and replaces what can't be renewed. Failures are tried again at once: it is the gate that
 * makes tries wait. Returns when nothing is left to do.
 */
export async function keepUp(kept: Kept, clock: Clock): Promise<void> {
  let outcome: Outcome = 'kept';
  while (outcome !== 'done' && !kept.over.aborted) {
    if (outcome === 'kept') {
      await sleep(kept, clock);
    }
    outcome = kept.over.aborted ? 'done' : await attempt(kept, clock);
  }
}

async function sleep(kept: Kept, clock: Clock): Promise<void> {
  const { term, expiresAt, over, ending } = kept;
  const signal = kept.isReplaced() ? over : AbortSignal.any([over, ending]);
  await clock.sleepUntil(Math.min(term.nextAt, expiresAt), signal).catch((error: unknown) => {
    if (!signal.aborted) {
      throw error;
    }
  });
}

async function attempt(kept: Kept, clock: Clock): Promise<Outcome> {
  const { term, over, ending } = kept;
  const now = clock.now();
  const isHopeful = kept.isReplaced() || (!ending.aborted && now < term.replaceAt);
  const mayRenew = term.isRenewable && now < kept.expiresAt && isHopeful;
  try {
    if (mayRenew && (await kept.renew()) === 'renewed') {
      return 'kept';
    }
    if (kept.isReplaced()) {
      return 'done';
    }
    await kept.replace();
    return 'kept';
  } catch (error) {
    if (!(error instanceof SecretError) && !over.aborted) {
      throw error;
    }
    return 'failed';
  }
}
