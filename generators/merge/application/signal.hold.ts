import { setImmediate } from 'node:timers/promises';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something to its end, or takes it back, before a signal ends the process: ctrl-C must not leave half of it.
 * @param action never yields, so that nothing of it is interrupted as long as somebody listens
 */
export async function holdSignals<T>(action: () => T): Promise<T> {
  const arrived: NodeJS.Signals[] = [];
  const listener = (signal: NodeJS.Signals): void => {
    arrived.push(signal);
  };
  for (const name of signals) process.on(name, listener);
  try {
    return action();
  } finally {
    // What was signalled meanwhile is told when the loop has polled, between two immediates.
    await setImmediate();
    await setImmediate();
    for (const name of signals) process.removeListener(name, listener);
    const [first] = arrived;
    if (first !== undefined) process.kill(process.pid, first);
  }
}
