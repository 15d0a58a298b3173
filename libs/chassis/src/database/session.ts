import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { codeOf, isSessionLost, translate } from './database.unavailable.ts';
import { OutcomeUnknown, suspectedLossOfRole } from './interruption.ts';
import { failureToSayWho, isLossOfRole } from './role.probe.ts';
import type { PooledClient } from './session.pool.ts';
import { type Statement, statement, type UnitOfWork } from './statement.ts';

const begin = statement('begin');
const commit = statement('commit');
const rollback = statement('rollback');

/** Milliseconds. */
const secondLook = 100;

/** How things stood when a statement was sent. */
interface Before {
  completed: number;
  isCut: boolean;
}

/** One checked-out session, for one unit of work. */
export class Session implements UnitOfWork {
  #isLost = false;
  /** The connection broke or was broken, as opposed to a server that doesn't answer in time. */
  #isCut = false;
  #isSuspect = false;
  #isInTransaction = false;
  #hasRun = false;
  #hasEnded = false;
  /** The first statement that failed: what a transaction that could not commit failed of. */
  #failure: unknown;

  constructor(private readonly client: PooledClient) {
    client.on('error', this.#onError);
  }

  readonly #onError = () => {
    this.#isLost = true;
    this.#isCut = true;
  };

  async query<Row>(query: Statement<Row>, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#send(query, values)).rows as Row[];
  }

  /**
   * Runs `work` between begin and commit. A statement that failed spoils the transaction even if `work` caught its
   * error: Postgres then answers the commit with a rollback and no error of its own.
   */
  async transaction<Result>(work: (unit: UnitOfWork) => Promise<Result>): Promise<Result> {
    this.#isInTransaction = true;
    await this.#send(begin);
    this.#hasRun = true;
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

  /** Whether a transaction's own code has run: it may have done more than the database can roll back. */
  get hasRun(): boolean {
    return this.#hasRun;
  }

  /** Whether the unit failed of this error because its connection broke, with nothing committed. */
  wasCut(error: unknown): boolean {
    return this.#isCut && error === this.#failure && !(error instanceof OutcomeUnknown);
  }

  /**
   * Whether the unit failed of this error because its role is gone. Sessions outlive their role, and `select 1` would not tell.
   * A store may take the role's rights a moment before the role, and the session with it: hence the second look.
   */
  async hasLostRole(error: unknown): Promise<boolean> {
    if (!this.#isSuspect || this.#isLost || error !== this.#failure) {
      return false;
    }
    if (await this.#roleIsGone()) {
      return true;
    }
    await delay(secondLook);
    return !this.#isLost && this.#roleIsGone();
  }

  end(): void {
    this.#hasEnded = true;
    this.client.off('error', this.#onError);
    this.client.release(this.#isLost);
  }

  async #roleIsGone(): Promise<boolean> {
    const error = await failureToSayWho(this.client);
    if (error !== undefined && isSessionLost(error)) {
      this.#onError();
    }
    return error !== undefined && isLossOfRole(error);
  }

  /** Where the session is gone Postgres has rolled back already; where this fails it goes with the session. */
  async #rollback(): Promise<void> {
    if (!this.#isLost) {
      await this.#send(rollback).catch(this.#onError);
    }
  }

  async #send(query: Statement<unknown>, values: readonly unknown[] = []) {
    if (this.#hasEnded) {
      throw new TypeError('A statement ran after its unit of work had ended; await every query');
    }
    const before: Before = { completed: this.client.completed, isCut: this.#isCut };
    try {
      const { name, text } = query;
      return await this.client.query<object>({ name, text, values: [...values] });
    } catch (error) {
      throw this.#note(query, error, before);
    }
  }

  /** What a failed statement means; the first one is remembered. */
  #note(query: Statement<unknown>, error: unknown, before: Before): unknown {
    const isLost = isSessionLost(error);
    this.#isLost ||= isLost;
    this.#isCut ||= isLost && error instanceof DatabaseError;
    this.#isSuspect ||= suspectedLossOfRole.test(codeOf(error));
    const isUnknown = isLost && this.#mayBeCommitted(query, error, before);
    const meaning = isUnknown ? new OutcomeUnknown(codeOf(error)) : translate(error);
    this.#failure ??= meaning;
    return meaning;
  }

  /**
   * Of a statement whose session was lost. On a connection that had broken before it was never sent. A server that says goodbye
   * does so before it reports what it then rolls back; outside a transaction it commits after that report.
   */
  #mayBeCommitted(query: Statement<unknown>, error: unknown, before: Before): boolean {
    if (this.#isInTransaction) {
      return query === commit && !before.isCut;
    }
    const saidGoodbye = error instanceof DatabaseError;
    return !query.isRead && (!saidGoodbye || this.client.completed > before.completed);
  }
}
