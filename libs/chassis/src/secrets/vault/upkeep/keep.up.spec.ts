import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../testing/manual.clock.ts';
import { systemClock } from '../../../timing/index.ts';
import { SecretError } from '../../secret.source.ts';
import { type Kept, keepUp } from './keep.up.ts';
import { Term } from './term.ts';

function kept(seconds: number, isRenewable: boolean) {
  const over = new AbortController();
  const ending = new AbortController();
  const calls: string[] = [];
  let isReplaced = false;
  const thing: Kept = {
    term: new Term({ seconds, isRenewable }, 0),
    get expiresAt() {
      return this.term.expiresAt;
    },
    over: over.signal,
    ending: ending.signal,
    isReplaced: () => isReplaced,
    renew: async () => {
      calls.push('renew');
      throw new SecretError('no');
    },
    replace: async () => {
      calls.push('replace');
      isReplaced = true;
    },
  };
  return { thing, over, ending, calls };
}

describe('keeping up', () => {
  it('sees after a jump of the clock that the end has passed, and replaces without a renewal (matrix: clock jump)', async () => {
    const clock = new ManualClock();
    const { thing, calls } = kept(100, true);
    const keeping = keepUp(thing, clock);
    clock.advance(3_600_000);
    await keeping;

    expect(calls).toEqual(['replace']);
  });

  it('replaces at once what is ending', async () => {
    const { thing, calls, ending, over } = kept(100, true);
    const keeping = keepUp(thing, new ManualClock());
    ending.abort();
    await expect.poll(() => calls).toEqual(['replace']);

    over.abort();
    await keeping;
  });

  it('replaces by four fifths when renewals keep failing', async () => {
    const clock = new ManualClock();
    const { thing, calls, over } = kept(100, true);
    thing.renew = async () => {
      calls.push('renew');
      clock.advance(5_000);
      throw new SecretError('no');
    };
    const keeping = keepUp(thing, clock);
    let replacedAt = 0;
    thing.replace = async () => {
      replacedAt = clock.now();
      over.abort();
      calls.push('replace');
    };
    clock.advance(thing.term.nextAt);
    await expect.poll(() => calls.at(-1)).toBe('replace');

    expect(replacedAt).toBeGreaterThanOrEqual(thing.term.replaceAt);
    expect(replacedAt).toBeLessThanOrEqual(thing.term.replaceAt + 5_000);
    expect(calls[0]).toBe('renew');
    await keeping;
  });

  it('tries again at once when a truncated renewal has no successor yet (matrix: max_ttl truncation)', async () => {
    const clock = new ManualClock();
    const { thing, calls, over } = kept(100, true);
    thing.renew = async () => {
      calls.push('renew');
      // A minute is left of what was asked for: three quarters of it are no time to wait.
      return thing.term.extend({ seconds: 60, isRenewable: true }, clock.now());
    };
    thing.replace = async () => {
      calls.push('replace');
      if (calls.length < 4) {
        throw new SecretError('no');
      }
      over.abort();
    };
    const keeping = keepUp(thing, clock);
    clock.advance(thing.term.nextAt);
    await expect.poll(() => calls).toEqual(['renew', 'replace', 'replace', 'replace']);
    await keeping;
  });

  it('sleeps for weeks where a timer would overflow: 0 early calls (TTL of 32 days)', async () => {
    const { thing, calls, over } = kept(32 * 86_400, true);
    const keeping = keepUp(thing, systemClock);
    for (let n = 0; n < 1_000; n++) {
      await turn();
    }

    expect(calls).toEqual([]);
    over.abort();
    await keeping;
  });

  it('lets a defect out instead of trying for ever', async () => {
    const clock = new ManualClock();
    const { thing } = kept(100, false);
    thing.replace = async () => {
      throw new TypeError('a defect');
    };
    const keeping = keepUp(thing, clock);
    clock.advance(100_000);

    await expect(keeping).rejects.toThrow('a defect');
  });
});
