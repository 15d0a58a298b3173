import type { DatabaseCredentials, SecretSource, SecretVersion } from '../secrets/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { Backoff, systemClock, untilAborted } from '../timing/index.ts';
import { CredentialLedger } from './credential.ledger.ts';
import type { Generation } from './generation.ts';
import { isRefusal } from './interruption.ts';
import { Succession, type SuccessionOptions } from './succession.ts';

export interface RotationOptions extends Omit<SuccessionOptions, 'ledger'> {
  source: SecretSource<DatabaseCredentials>;
  logger: Logger;
}

/** Follows the source: each new credential gets a generation, tried until Postgres takes it or there is a newer one. */
export class Rotation {
  readonly #source: SecretSource<DatabaseCredentials>;
  readonly #logger: Logger;
  readonly #ledger = new CredentialLedger();
  readonly #succession: Succession;
  readonly #unsubscribe: () => void;
  #opening: Promise<void> | undefined;
  #following: Promise<void> | undefined;
  #nap = new AbortController();
  readonly #closing = new AbortController();

  constructor({ source, logger, ...options }: RotationOptions) {
    this.#source = source;
    this.#logger = logger;
    this.#succession = new Succession({ ...options, ledger: this.#ledger });
    this.#ledger.announce(source.current);
    this.#unsubscribe = source.subscribe((next) => {
      this.#ledger.announce(next);
      this.#nap.abort();
      this.#follow();
    });
  }

  get current(): Generation | undefined {
    return this.#succession.current;
  }

  /**
   * Makes the first generation.
   *
   * @throws DatabaseUnavailable when Postgres refuses or can't be reached; call again later
   */
  async open(): Promise<void> {
    this.#opening = this.#tryFirst();
    await this.#opening;
  }

  async #tryFirst(): Promise<void> {
    const credential = this.#source.current;
    this.#ledger.giveBackUnused({ except: credential });
    try {
      await this.#succession.adopt(credential);
    } catch (error) {
      await this.#replaceIfRefused(credential, error);
      throw error;
    }
    this.#follow();
  }

  /** Postgres turned the generation's credential away: another one is wanted now. */
  refuse(generation: Generation): void {
    if (generation === this.current) {
      this.#follow();
    }
  }

  /** Waits until another generation than this one serves; see {@link Succession.changeFrom}. */
  changeFrom(generation: Generation, deadline: number): Promise<boolean> {
    return this.#succession.changeFrom(generation, deadline);
  }

  /** Waits for units of work in flight, then gives up all sessions and credentials. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#unsubscribe();
    this.#nap.abort();
    await Promise.allSettled([this.#opening, this.#following]);
    await this.#succession.close();
    this.#ledger.giveBackUnused();
    await this.#ledger.settled();
  }

  /** Before the first generation it is `open` that tries. */
  #follow(): void {
    if (this.current === undefined || !this.#isBehind()) {
      return;
    }
    this.#following ??= this.#catchUp().finally(() => {
      this.#following = undefined;
      if (!this.#closing.signal.aborted) {
        this.#follow();
      }
    });
  }

  async #catchUp(): Promise<void> {
    const backoff = new Backoff();
    while (!this.#closing.signal.aborted && this.#isBehind()) {
      this.#nap = new AbortController();
      // oxlint-disable-next-line no-await-in-loop -- one change after the other
      await this.#tryNext();
      if (this.#isBehind()) {
        const next = systemClock.now() + backoff.next();
        // oxlint-disable-next-line no-await-in-loop
        await systemClock.sleepUntil(next, this.#nap.signal).catch(() => undefined);
      }
    }
    this.#ledger.giveBackUnused({ except: this.#source.current });
  }

  #isBehind(): boolean {
    return this.current?.isRefused === true || this.current?.credential !== this.#source.current;
  }

  async #tryNext(): Promise<void> {
    if (this.current?.credential === this.#source.current) {
      await this.#replace(this.#source.current);
    }
    if (this.#closing.signal.aborted) {
      return;
    }
    const credential = this.#source.current;
    this.#ledger.giveBackUnused({ except: credential });
    try {
      await this.#succession.adopt(credential);
    } catch (error) {
      this.#logger.error('new database credential refused; the old generation serves on', {}, error);
      await this.#replaceIfRefused(credential, error);
    }
  }

  /** Waiting alone won't help then. */
  async #replaceIfRefused(credential: SecretVersion<DatabaseCredentials>, error: unknown): Promise<void> {
    if (isRefusal(error)) {
      await this.#replace(credential);
    }
  }

  /** A store that is away may take its time; whoever closes has none. What it issues later, it gives back when it is closed. */
  async #replace(credential: SecretVersion<DatabaseCredentials>): Promise<void> {
    const replaced = this.#source.replace(credential);
    await untilAborted(replaced, this.#closing.signal).catch(() => undefined);
  }
}
