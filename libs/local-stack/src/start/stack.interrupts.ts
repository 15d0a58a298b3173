const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * npm passes a signal on that the terminal has already sent to the whole process group, so one ctrl-C arrives twice: signals
 * this close together are one.
 */
const SAME_KEYPRESS_MS = 500;

/** What the user has asked for by signals: the first one is for a stop, the second for a stop at once. */
export interface Interrupts {
  stop: AbortSignal;
  force: AbortSignal;
  /** Gives the signals back to the process. */
  release(): void;
}

export function listenForInterrupts(): Interrupts {
  const stop = new AbortController();
  const force = new AbortController();
  let first = 0;
  const onSignal = () => {
    if (!stop.signal.aborted) {
      first = performance.now();
      stop.abort();
    } else if (performance.now() - first > SAME_KEYPRESS_MS) {
      force.abort();
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    stop: stop.signal,
    force: force.signal,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}
