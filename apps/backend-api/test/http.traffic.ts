import type { ServiceProcess } from '@secure-backend/chassis/testing';

export interface HttpTraffic {
  readonly answered: number;
  /** Answers other than 200 and 201, and calls without one. */
  readonly failures: readonly string[];
  stop(): Promise<void>;
}

/** Callers that read and create without a pause. */
export function startHttpTraffic(service: ServiceProcess, apiKey: string, callers = 20): HttpTraffic {
  const failures: string[] = [];
  const stopped = new AbortController();
  let answered = 0;
  const url = `${service.url}/v1/work-items`;
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
  const body = JSON.stringify({ title: 'Survive the rotation' });
  const call = async (n: number) => {
    const answer =
      n % 4 === 0
        ? await fetch(url, { headers, method: 'POST', body })
        : await fetch(`${url}?limit=1`, { headers });
    const text = await answer.text();
    if (answer.ok) {
      answered += 1;
    } else {
      failures.push(`${answer.status} ${text}`);
    }
  };
  const working = Array.from({ length: callers }, async (_, caller) => {
    for (let n = caller; !stopped.signal.aborted && failures.length < 1_000; n++) {
      await call(n).catch((error: Error) => failures.push(error.message));
    }
  });
  return {
    get answered() {
      return answered;
    },
    failures,
    stop: async () => {
      stopped.abort();
      await Promise.all(working);
    },
  };
}
