import { setTimeout as delay } from 'node:timers/promises';
import type { BenchPostgres } from './bench.postgres.ts';

/** Milliseconds between two looks. */
const lookEvery = 25;

/** Looks at an application's sessions, as Postgres itself counts them, again and again. */
export class SessionWatch {
  /** Most sessions that were open at once since the watch began. */
  most = 0;
  readonly #postgres: BenchPostgres;
  readonly #application: string;
  readonly #end = new AbortController();
  readonly #ended: Promise<void>;

  constructor(postgres: BenchPostgres, application: string) {
    this.#postgres = postgres;
    this.#application = application;
    this.#ended = this.#watch();
  }

  /** Open sessions by the id of their role: a name is no longer to be had once the role is dropped. */
  async look(): Promise<Map<number, number>> {
    const rows = await this.#postgres.query<{ role: number; sessions: number }>(
      `select usesysid::int as role, count(*)::int as sessions from pg_stat_activity
       where datname = current_database() and application_name = $1 group by usesysid`,
      [this.#application],
    );
    this.most = Math.max(
      this.most,
      rows.reduce((sum, { sessions }) => sum + sessions, 0),
    );
    return new Map(rows.map(({ role, sessions }) => [role, sessions]));
  }

  async end(): Promise<void> {
    this.#end.abort();
    await this.#ended;
  }

  async #watch(): Promise<void> {
    while (!this.#end.signal.aborted) {
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      await this.look();
      // oxlint-disable-next-line no-await-in-loop
      await delay(lookEvery, undefined, { signal: this.#end.signal }).catch(() => undefined);
    }
  }
}
