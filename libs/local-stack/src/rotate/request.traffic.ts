import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../stack.error.ts';

/** At most this often, each: well below what one caller may ask for in a minute. */
const PERIOD_MS = 25;
const TIMEOUT_MS = 10_000;

/** Of a stretch of time. */
export interface TrafficFigures {
  requests: number;
  failed: number;
  /** 99 of 100 requests took no longer, in milliseconds; undefined without requests. */
  p99: number | undefined;
}

/** Callers who read the same thing again and again. A request that isn't answered with 200 has failed. */
export class RequestTraffic {
  readonly #url: string;
  readonly #stop = new AbortController();
  readonly #failures = new Map<string, number>();
  readonly #callers: Promise<void>[];
  #durations: number[] = [];
  #failed = 0;
  /** Where the current stretch began. */
  #seen = { requests: 0, failed: 0 };
  /** The key of every request from now on. */
  apiKey: string;

  constructor(url: string, apiKey: string, callers: number) {
    this.#url = url;
    this.apiKey = apiKey;
    this.#callers = Array.from({ length: callers }, () => this.#call());
  }

  /** Since it was last asked. */
  window(): TrafficFigures {
    const { requests, failed } = this.#seen;
    this.#seen = { requests: this.#durations.length, failed: this.#failed };
    return figures(this.#durations.slice(requests), this.#failed - failed);
  }

  total(): TrafficFigures {
    return figures(this.#durations, this.#failed);
  }

  /** What went wrong and how often, most often first; empty when nothing did. */
  failures(): string {
    const sorted = [...this.#failures].toSorted(([, one], [, other]) => other - one);
    return sorted.map(([reason, times]) => `${reason} × ${times}`).join(', ');
  }

  /** Answers with the status of one request, outside of the figures; undefined when there was no answer. */
  async probe(apiKey: string): Promise<number | undefined> {
    return (await this.#request(apiKey)).status;
  }

  /** Waits for the requests under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#callers);
  }

  async #call(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const since = performance.now();
      // oxlint-disable-next-line no-await-in-loop -- one request after the other
      const { status, reason } = await this.#request(this.apiKey);
      const took = performance.now() - since;
      this.#durations.push(took);
      if (status !== 200) this.#count(reason);
      // oxlint-disable-next-line no-await-in-loop
      if (took < PERIOD_MS) await delay(PERIOD_MS - took);
    }
  }

  async #request(apiKey: string): Promise<{ status?: number; reason: string }> {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(this.#url, { headers: { 'x-api-key': apiKey }, signal });
      await response.arrayBuffer();
      return { status: response.status, reason: String(response.status) };
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      return { reason: codeOf(cause) ?? (error instanceof Error ? error.name : 'no answer') };
    }
  }

  #count(reason: string): void {
    this.#failed += 1;
    this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + 1);
  }
}

function figures(durations: number[], failed: number): TrafficFigures {
  const sorted = durations.toSorted((one, other) => one - other);
  const p99 = sorted[Math.max(Math.ceil(sorted.length * 0.99) - 1, 0)];
  return { requests: durations.length, failed, p99 };
}
