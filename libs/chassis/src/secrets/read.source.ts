import { isDeepStrictEqual } from 'node:util';
import type { Logger } from '../telemetry/index.ts';
import type { ObservedSource } from './observed.source.ts';
import { SecretError, type SecretState, type SecretVersion } from './secret.source.ts';
import { readTransitions } from './secret.states.ts';
import { SecretStatus } from './secret.status.ts';

export interface ReadSourceOptions<Value> {
  name: string;
  logger: Logger;
  /** @throws SecretError when there is no good value now */
  read: () => Promise<Value>;
  /** What the first read gave. */
  first: Value;
}

/** A secret without a lease: read again and again, announced when it has changed. The last good value stays current. */
export class ReadSource<Value> implements ObservedSource<Value> {
  readonly name: string;
  readonly rotations = { announced: 0, failed: 0 };
  readonly #read: () => Promise<Value>;
  readonly #listeners = new Set<(next: SecretVersion<Value>) => void>();
  readonly #status: SecretStatus<keyof typeof readTransitions>;
  #current: SecretVersion<Value>;
  #reading: Promise<void> | undefined;
  #isClosed = false;

  constructor({ name, logger, read, first }: ReadSourceOptions<Value>) {
    this.name = name;
    this.#read = read;
    this.#current = lasting(first);
    this.#status = new SecretStatus({ name, logger, transitions: readTransitions, initial: 'ACTIVE' });
  }

  get current(): SecretVersion<Value> {
    return this.#current;
  }

  get state(): SecretState {
    return this.#status.state;
  }

  get problem(): string | undefined {
    return this.#status.problem;
  }

  subscribe(listener: (next: SecretVersion<Value>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Reads now and announces a changed value. A read that is under way is waited for first: it may have begun before the change.
   *
   * @throws SecretError when there is no good value; the last one stays current
   */
  async refresh(): Promise<void> {
    await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async replace(refused: SecretVersion<Value>): Promise<void> {
    if (refused === this.#current) {
      await this.refresh().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#listeners.clear();
    await this.#reading?.catch(() => undefined);
  }

  async #readOnce(): Promise<void> {
    let next: Value;
    try {
      next = await this.#read();
    } catch (error) {
      if (!this.#isClosed) {
        const problem = error instanceof SecretError ? error.message : 'reading failed';
        this.#status.enter('DEGRADED', { problem });
        this.rotations.failed += 1;
      }
      throw error;
    }
    this.#status.enter('ACTIVE');
    if (isDeepStrictEqual(next, this.#current.value)) {
      return;
    }
    this.#current = lasting(next);
    this.rotations.announced += 1;
    for (const listener of this.#listeners) {
      listener(this.#current);
    }
  }
}

/** Nobody takes it back, and nobody wants it back. */
function lasting<Value>(value: Value): SecretVersion<Value> {
  return { value, expiresAt: Infinity, release: async () => undefined };
}
