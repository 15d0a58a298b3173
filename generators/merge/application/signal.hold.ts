const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something to its end, or takes it back, before a signal ends the process: ctrl-C must not leave half of it.
 * What was signalled meanwhile takes effect afterwards.
 */
export function holdSignals<T>(action: () => T): T {
  // Work that never yields is not interrupted as long as anybody listens.
  const listener = (signal: NodeJS.Signals): void => {
    for (const name of signals) process.removeListener(name, listener);
    process.kill(process.pid, signal);
  };
  for (const name of signals) process.on(name, listener);
  try {
    return action();
  } finally {
    // A signal that has arrived is delivered in the next turn.
    setImmediate(() => {
      for (const name of signals) process.removeListener(name, listener);
    });
  }
}
