import type { Logger } from '../../../telemetry/index.ts';
import { type Clock, untilAborted } from '../../../timing/index.ts';
import { SecretError } from '../../secret.source.ts';
import type { Login } from '../client/answer.schemas.ts';
import type { Pace } from '../pacing/patience.ts';
import type { Purpose } from '../vault.operations.ts';
import { type Exchange, Exchanges } from './exchanges.ts';
import type { VaultSessionOptions } from './session.options.ts';
import { keepToken } from './token.keeping.ts';
import { revokeToken } from './token.revocation.ts';
import type { TokenState } from './token.states.ts';
import { TokenStatus } from './token.status.ts';
import { VaultToken } from './vault.token.ts';

/** What the process is to Vault: one token at a time, with which everything is asked; leases end with their token. */
export class VaultSession {
  readonly name = 'vault-token';
  readonly clock: Clock;
  readonly logger: Logger;
  readonly #status: TokenStatus;
  readonly #exchanges: Exchanges;
  readonly #closing = new AbortController();
  /** Those that Vault may still know. */
  readonly #tokens = new Set<VaultToken>();
  #token: VaultToken | undefined;
  #login: Promise<void> | undefined;

  constructor(private readonly options: VaultSessionOptions) {
    const { clock, logger } = options;
    this.clock = clock;
    this.logger = logger;
    this.#status = new TokenStatus(this.name, logger);
    const onDead = (token: VaultToken) => this.#bury(token);
    this.#exchanges = new Exchanges({ ...options, closing: this.#closing.signal, onDead });
  }

  get state(): TokenState {
    return this.#status.state;
  }

  /** Of the token, in milliseconds of the clock: Infinity without an end, undefined without a token. */
  get expiresAt(): number | undefined {
    return this.#token?.expiresAt;
  }

  /**
   * Asks under the current token, after logging in where there is none.
   *
   * @throws VaultError, SecretError when the mounted login can't be read, the reason of the signal when that gave up waiting
   */
  async call<Result>(purpose: Purpose, pace: Pace, exchange: Exchange<Result>): Promise<Result> {
    if (this.#token === undefined || this.#token.expiresAt <= this.clock.now()) {
      await this.#authenticate(pace);
    }
    return this.#exchanges.run(purpose, pace, exchange, () => this.#token);
  }

  /** The same under the token that a lease belongs to. */
  callUnder<Result>(
    token: VaultToken,
    purpose: Purpose,
    pace: Pace,
    exchange: Exchange<Result>,
  ): Promise<Result> {
    return this.#exchanges.run(purpose, pace, exchange, () => token);
  }

  /** Somebody was turned away, which is Vault's doing as a rule: it may be back. Waiting calls try now. */
  hurry(): void {
    this.#exchanges.hurry();
  }

  /** Lets what is under way end, so that nothing is issued unseen, and gives all tokens back with all that they hold. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#tokens.forEach((token) => token.close());
    await this.#exchanges.settled();
    await Promise.all([...this.#tokens].map((token) => this.#revoke(token)));
    this.#token = undefined;
    this.#status.enter('UNAUTHENTICATED');
  }

  /** One login at a time, at the pace of whoever wanted it first. */
  #authenticate({ validUntil, signal }: Pace): Promise<void> {
    this.#login ??= this.#logIn({ validUntil, signal: this.#closing.signal }).finally(() => {
      this.#login = undefined;
    });
    return untilAborted(this.#login, signal);
  }

  async #logIn(pace: Pace): Promise<void> {
    const { client, method, clock } = this.options;
    this.#status.enter('AUTHENTICATING');
    try {
      await this.#exchanges.pass({ operation: 'login', path: method.path }, pace, async () => {
        const from = clock.now();
        this.#adopt(await method.logIn(client), from);
      });
    } catch (error) {
      if (error instanceof SecretError) {
        this.#status.enter('AUTHENTICATING', { problem: error.message });
      }
      throw error;
    }
  }

  #adopt(login: Login, from: number): void {
    const previous = this.#token;
    this.#status.enter('AUTHENTICATED');
    if (previous?.value === login.token) {
      previous.term.extend(login.grant, from);
      return;
    }
    const token = new VaultToken(login, from);
    this.#token = token;
    this.#tokens.add(token);
    previous?.retire(() => void this.#exchanges.track(this.#revoke(previous)));
    void keepToken(token, {
      ...this.options,
      name: this.name,
      exchanges: this.#exchanges,
      isCurrent: () => token === this.#token,
      enter: (state, change) => this.#status.enter(state, change),
      replace: (pace) => this.#authenticate(pace),
    });
  }

  #bury(token: VaultToken): void {
    token.die(this.clock.now());
    this.#tokens.delete(token);
    if (token === this.#token) {
      this.#token = undefined;
      this.#status.enter('AUTHENTICATING');
    }
  }

  async #revoke(token: VaultToken): Promise<void> {
    token.close();
    if (!this.options.method.ownsToken || (await revokeToken(token, this.options))) {
      this.#tokens.delete(token);
    }
  }
}
