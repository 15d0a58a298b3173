import { setImmediate as turn } from 'node:timers/promises';
import { Gate } from '../../src/secrets/vault/pacing/gate.ts';
import { VaultError, type VaultErrorDetails } from '../../src/secrets/vault/vault.error.ts';
import { ManualClock } from '../manual.clock.ts';

const issue = { operation: 'issue', path: 'database/creds/x' } as const;
const { signal } = new AbortController();

/** Callers that try again at once, as all loops do, and the times at which they got through. */
export function storm(details: VaultErrorDetails, validities: (number | undefined)[]) {
  const clock = new ManualClock();
  const gate = new Gate(clock);
  const starts: number[] = [];
  let underWay = 0;
  const widths: number[] = [];
  const state = { isOver: false };
  const call = async () => {
    starts.push(clock.now());
    underWay += 1;
    widths.push(underWay);
    await turn();
    underWay -= 1;
    if (!state.isOver) {
      throw new VaultError(issue, details);
    }
  };
  const loops = validities.map(async (validUntil) => {
    while (!state.isOver) {
      await gate.run(issue, { validUntil, signal }, call).catch(() => undefined);
    }
  });
  const pass = async (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += 50) {
      clock.advance(50);
      await turn();
      await turn();
    }
  };
  return { clock, gate, starts, widths, state, loops, pass };
}
