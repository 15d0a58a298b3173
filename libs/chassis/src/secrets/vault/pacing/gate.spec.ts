import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../testing/manual.clock.ts';
import { storm } from '../../../../testing/vault/call.storm.ts';
import { VaultError } from '../vault.error.ts';
import { Gate } from './gate.ts';

const issue = { operation: 'issue', path: 'database/creds/x' } as const;
const read = { operation: 'read', path: 'secret/data/x' } as const;
const { signal } = new AbortController();

const busiestMinute = (starts: readonly number[]) =>
  Math.max(
    ...starts.map((start) => starts.filter((other) => other >= start && other < start + 60_000).length),
  );

describe('the gate', () => {
  it.each([
    ['429', { kind: 'rate_limited', status: 429 }, 1],
    ['5xx', { kind: 'failed', status: 500 }, 1],
    ['sealed', { kind: 'sealed', status: 503 }, 1],
    ['timeout', { kind: 'timeout' }, 1],
    ['403', { kind: 'refused', status: 403 }, 4],
  ] as const)(
    'lets at most 10 calls a minute through a storm of %s, of many callers (matrix: 429 or 5xx storm)',
    async (_, details, width) => {
      const { starts, pass, widths, state, loops } = storm(details, [undefined, 20_000, 600_000, Infinity]);
      await pass(600_000);

      // Those that began before the first answer can't know.
      expect(busiestMinute(starts.slice(3))).toBeLessThanOrEqual(10);
      expect(starts.length).toBeGreaterThan(20);
      expect(Math.max(...widths.slice(4))).toBeLessThanOrEqual(width);
      state.isOver = true;
      await pass(120_000);
      await Promise.all(loops);
    },
  );

  it('tries a refused connection every 3 s at least while there is nothing yet: nobody is bothered', async () => {
    const { starts, pass, state, loops } = storm({ kind: 'unreachable' }, [undefined]);
    await pass(300_000);
    const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));

    expect(Math.max(...pauses)).toBeLessThanOrEqual(3_050);
    state.isOver = true;
    await pass(10_000);
    await Promise.all(loops);
  });

  it('waits no longer than a quarter of what is left', async () => {
    const { starts, pass, state, loops } = storm({ kind: 'failed', status: 500 }, [400_000]);
    await pass(380_000);
    const late = starts.slice(1).filter((start, index) => {
      const previous = starts[index] ?? 0;
      return start - previous > (400_000 - previous) / 4 + 60_000;
    });

    expect(late).toEqual([]);
    state.isOver = true;
    await pass(120_000);
    await Promise.all(loops);
  });

  it('leaves Vault alone for as long as it asks, within reason', async () => {
    const { starts, pass, state, loops } = storm({ kind: 'rate_limited', status: 429, retryAfter: 20_000 }, [
      Infinity,
    ]);
    await pass(19_900);
    expect(starts).toHaveLength(1);

    await pass(40_000);
    expect(starts.length).toBeGreaterThan(1);
    state.isOver = true;
    await pass(120_000);
    await Promise.all(loops);
  });

  it('lets everybody through after a success, without waiting', async () => {
    const { clock, gate, starts, pass, state, loops } = storm({ kind: 'sealed', status: 503 }, [
      Infinity,
      Infinity,
    ]);
    await pass(120_000);
    state.isOver = true;
    const { length } = starts;
    await pass(60_000);
    await Promise.all(loops);
    const now = clock.now();
    await Promise.all(
      [1, 2, 3].map(() => gate.run(read, { validUntil: Infinity, signal }, async () => undefined)),
    );

    expect(new Set(starts.slice(length)).size).toBe(1);
    expect(clock.now()).toBe(now);
  });

  it('lets one call through at once when there is a reason to hurry', async () => {
    const { clock, gate, starts, pass, state, loops } = storm({ kind: 'sealed', status: 503 }, [Infinity]);
    await pass(600_000);
    const { length } = starts;
    gate.hurry();
    await turn();
    await turn();

    expect(starts.slice(length)).toEqual([clock.now()]);
    state.isOver = true;
    await pass(120_000);
    await Promise.all(loops);
  });

  it('keeps a refusal of one thing from slowing down another', async () => {
    const clock = new ManualClock();
    const gate = new Gate(clock);
    const pace = { validUntil: Infinity, signal };
    const refusal = gate.run(read, pace, async () => {
      throw new VaultError(read, { kind: 'not_found', status: 404 });
    });
    await expect(refusal).rejects.toThrow('nothing is there');

    await expect(gate.run(issue, pace, async () => 'at once')).resolves.toBe('at once');
  });

  it('gives up waiting when nobody wants it any more', async () => {
    const gate = new Gate(new ManualClock());
    const abort = new AbortController();
    const pace = { validUntil: Infinity, signal: abort.signal };
    const fail = async () => {
      throw new VaultError(issue, { kind: 'sealed' });
    };
    await expect(gate.run(issue, pace, fail)).rejects.toThrow('sealed');
    const waiting = gate.run(issue, pace, fail);
    abort.abort();

    await expect(waiting).rejects.toThrow('aborted');
  });
});
