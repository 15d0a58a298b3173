import { createLogger, type Logger } from '@secure-backend/chassis/telemetry';

/** Fields of a line of the log that are looked at; all others are unknown. */
export interface ServiceFields {
  'database.generation'?: number;
  'database.generation.state'?: string;
  'secret.name'?: string;
  'secret.state'?: string;
}

/** One line of the log, with when it was written in milliseconds of `performance.now()`. */
export interface ServiceEvent {
  at: number;
  severity: string;
  body: string;
  fields: ServiceFields;
}

type Matches = (event: ServiceEvent) => boolean;

/** What the subject logs, for whoever waits for something to happen. */
export class ServiceEvents {
  readonly all: ServiceEvent[] = [];
  readonly logger: Logger;
  readonly #waiting = new Set<(event: ServiceEvent) => void>();

  constructor(service: string) {
    this.logger = createLogger(
      { service, version: '0', level: 'info' },
      { write: (line) => this.#take(line) },
    );
  }

  /**
   * The first such event, past ones included.
   *
   * @param patience milliseconds
   * @throws Error naming what didn't happen in time; the signal's reason
   */
  async first(what: string, matches: Matches, patience: number, signal: AbortSignal): Promise<ServiceEvent> {
    const past = this.all.find(matches);
    if (past !== undefined) return past;
    const { promise, resolve, reject } = Promise.withResolvers<ServiceEvent>();
    const listen = (event: ServiceEvent) => matches(event) && resolve(event);
    const interrupt = () => reject(signal.reason);
    const timer = setTimeout(
      () => reject(new Error(`${what} within ${patience / 1_000} s: did not happen`)),
      patience,
    );
    this.#waiting.add(listen);
    signal.addEventListener('abort', interrupt);
    if (signal.aborted) interrupt();
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      this.#waiting.delete(listen);
    });
  }

  #take(line: string): void {
    const { severity_text: severity, body, ...fields } = JSON.parse(line) as Record<string, unknown>;
    const event = { at: performance.now(), severity: String(severity), body: String(body), fields };
    this.all.push(event);
    this.#waiting.forEach((listen) => listen(event));
  }
}

/** A generation of the pool has come to this state. */
export const generationIs =
  (number: number, state: string): Matches =>
  ({ fields }) =>
    fields['database.generation'] === number && fields['database.generation.state'] === state;
