import { setTimeout as delay } from 'node:timers/promises';
import type { LoginSessions } from './login.sessions.ts';
import type { RequestTraffic, TrafficFigures } from './request.traffic.ts';
import { byLabel, readMetrics } from './service.metrics.ts';

const LINE_MS = 400;
const UNKNOWN = '–';
const COLUMNS = ['time', 'gen.', 'sessions by state', 'sessions by login', 'req/s', 'failed', 'p99'];
const WIDTHS = [8, 5, 24, 46, 7, 7, 10];
/** Texts; figures stand to the right. */
const LEFT = [2, 3];

export interface DisplaySources {
  managementUrl: string;
  /** Of the service; left out in the names of logins. */
  database: string;
  sessions: LoginSessions;
  traffic: RequestTraffic;
}

/** Shows how things stand, a line every now and then. */
export class RotationDisplay {
  readonly #sources: DisplaySources;
  readonly #say: (line: string) => void;
  readonly #since = performance.now();
  readonly #end = new AbortController();
  readonly #lines: Promise<void>;

  constructor(sources: DisplaySources, say: (line: string) => void) {
    this.#sources = sources;
    this.#say = say;
    say(row(COLUMNS));
    this.#lines = this.#show();
  }

  /** Something that has happened, between the lines. */
  note(text: string): void {
    this.#say(`${this.#time().padStart(WIDTHS[0] ?? 0)}  ▸ ${text}`);
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#lines;
  }

  async #show(): Promise<void> {
    let last = performance.now();
    while (!this.#end.signal.aborted) {
      // oxlint-disable-next-line no-await-in-loop -- one line after the other
      await delay(LINE_MS);
      const { managementUrl, sessions, traffic } = this.#sources;
      // oxlint-disable-next-line no-await-in-loop
      const [metrics, logins] = await Promise.all([readMetrics(managementUrl), sessions.count()]);
      const now = performance.now();
      const states = byLabel(metrics, 'db_client_sessions', 'state');
      const generation = metrics.get('db_client_generation')?.toString() ?? UNKNOWN;
      const figures = trafficCells(traffic.window(), now - last);
      const cells = [this.#time(), generation, countsOf(states), countsOf(this.#shorten(logins)), ...figures];
      this.#say(row(cells));
      last = now;
    }
  }

  #time(): string {
    return `${((performance.now() - this.#since) / 1000).toFixed(1)} s`;
  }

  /** `backend_api_runtime-Ab12…` is `runtime-Ab12…` here: all are of one service. */
  #shorten(logins: Map<string, number> | undefined): Map<string, number> | undefined {
    const prefix = `${this.#sources.database}_`;
    const short = (login: string) => {
      const name = login.startsWith(prefix) ? login.slice(prefix.length) : login;
      return name.length > 14 ? `${name.slice(0, 13)}…` : name;
    };
    return logins && new Map(Array.from(logins, ([login, count]) => [short(login), count]));
  }
}

function trafficCells({ requests, failed, p99 }: TrafficFigures, elapsedMs: number): string[] {
  return [((requests * 1000) / elapsedMs).toFixed(0), String(failed), milliseconds(p99)];
}

export function milliseconds(value: number | undefined): string {
  return value === undefined ? UNKNOWN : `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

function countsOf(counts: ReadonlyMap<string, number> | undefined): string {
  return counts ? Array.from(counts, ([name, count]) => `${name} ${count}`).join(', ') : UNKNOWN;
}

function row(cells: string[]): string {
  return cells
    .map((cell, index) =>
      LEFT.includes(index) ? cell.padEnd(WIDTHS[index] ?? 0) : cell.padStart(WIDTHS[index] ?? 0),
    )
    .join('  ')
    .trimEnd();
}
