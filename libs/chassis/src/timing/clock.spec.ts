import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './clock.ts';

const hour = 3_600_000;

/** Puts the wall clock forward, or back, by so many milliseconds. */
function setWall(by: number) {
  const real = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => real() + by);
}

describe('the clock', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('runs no faster however often it is asked, though the wall clock ticks in whole milliseconds', () => {
    const [began, real] = [systemClock.now(), performance.now()];
    let asked = 0;
    while (performance.now() - real < 300) {
      systemClock.now();
      asked += 1;
    }
    const [elapsed, really] = [systemClock.now() - began, performance.now() - real];

    expect(asked).toBeGreaterThan(1_000);
    expect(Math.abs(elapsed - really)).toBeLessThan(10);
  });

  it('follows the wall clock forward, as after a suspended machine (matrix: clock jump)', () => {
    const before = systemClock.now();
    setWall(hour);

    expect(systemClock.now() - before).toBeGreaterThanOrEqual(hour);
    expect(systemClock.now() - before).toBeLessThan(hour + 5_000);
  });

  it('never goes back, and goes on after the wall clock was set back (matrix: clock jump)', async () => {
    const before = systemClock.now();
    setWall(-hour);
    const after = systemClock.now();
    await delay(50);

    expect(after).toBeGreaterThanOrEqual(before);
    expect(systemClock.now() - after).toBeGreaterThanOrEqual(45);
    expect(systemClock.now() - after).toBeLessThan(5_000);
  });

  it('wakes a sleeper in time, at once for a time that has passed, and when it is told to', async () => {
    const before = systemClock.now();
    await systemClock.sleepUntil(before + 60);
    expect(systemClock.now() - before).toBeGreaterThanOrEqual(60);
    await systemClock.sleepUntil(before);

    const abort = new AbortController();
    const sleeping = systemClock.sleepUntil(before + hour, abort.signal);
    abort.abort();
    await expect(sleeping).rejects.toBe(abort.signal.reason);
  });

  it('sleeps for 32 days without waking early: no timer overflows', async () => {
    const abort = new AbortController();
    const sleeping = systemClock.sleepUntil(systemClock.now() + 32 * 24 * hour, abort.signal);
    const early = await Promise.race([sleeping.then(() => 'woke'), delay(200, 'asleep')]);
    abort.abort();
    await sleeping.catch(() => undefined);
    expect(early).toBe('asleep');

    // What a single timer would have done.
    const naive = new Promise((resolve) => setTimeout(resolve, 32 * 24 * hour, 'woke'));
    expect(await Promise.race([naive, delay(200, 'asleep')])).toBe('woke');
  });
});
