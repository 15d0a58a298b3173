import { setTimeout as delay } from 'node:timers/promises';

/** Looks again and again until there is something; undefined when there is nothing in time. */
export async function until<T>(
  patienceMs: number,
  pollMs: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- polling
    const found = await look();
    if (found !== undefined || performance.now() > deadline) return found;
    // oxlint-disable-next-line no-await-in-loop
    await delay(pollMs);
  }
}
