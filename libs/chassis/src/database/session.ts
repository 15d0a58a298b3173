import type { PoolClient } from 'pg';
import { isSessionLost, translate } from './database.unavailable.ts';
import { type Statement, statement, type UnitOfWork } from './statement.ts';

const begin = statement('begin');
const commit = statement('commit');
const rollback = statement('rollback');

/** One checked-out session, for one unit of work. */
export class Session implements UnitOfWork {
  #lost = false;
  #ended = false;
  /** The first statement that failed: what a transaction that could not commit failed of. */
  #failure: unknown;

  constructor(private readonly client: PoolClient) {
    client.on('error', this.#onError);
  }

  readonly #onError = () => {
    this.#lost = true;
  };

  async query<Row>(query: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#send(query, values)).rows as Row[];
  }

  /**
   * Runs `work` between begin and commit. A statement that failed spoils the transaction even if `work` caught its
   * error: Postgres then answers the commit with a rollback and no error of its own.
   */
  async transaction<Result>(work: (unit: UnitOfWork) => Promise<Result>): Promise<Result> {
    await this.#send(begin);
    try {
      const result = await work(this);
      const { command } = await this.#send(commit);
      if (command !== 'COMMIT') {
        throw this.#failure;
      }
      return result;
    } catch (error) {
      await this.#rollback();
      throw error;
    }
  }

  end(): void {
    this.#ended = true;
    this.client.off('error', this.#onError);
    this.client.release(this.#lost);
  }

  /** Where the session is gone Postgres has rolled back already; where this fails it goes with the session. */
  async #rollback(): Promise<void> {
    if (!this.#lost) {
      await this.#send(rollback).catch(this.#onError);
    }
  }

  async #send(query: Statement<unknown>, values: readonly unknown[] = []) {
    if (this.#ended) {
      throw new TypeError('A statement ran after its unit of work had ended; await every query');
    }
    try {
      const { name, text } = query;
      return await this.client.query<object>({ name, text, values: [...values] });
    } catch (error) {
      this.#lost ||= isSessionLost(error);
      this.#failure ??= translate(error);
      throw translate(error);
    }
  }
}
