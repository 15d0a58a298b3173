import type { Clock } from '../../../timing/index.ts';
import type { VaultClient } from '../client/vault.client.ts';
import { Gate } from '../pacing/gate.ts';
import type { Pace } from '../pacing/patience.ts';
import { VaultError } from '../vault.error.ts';
import type { Purpose } from '../vault.operations.ts';
import type { VaultToken } from './vault.token.ts';

/** Milliseconds in which a token that was found alive isn't looked at again. */
const trustInToken = 30_000;

export type Exchange<Result> = (client: VaultClient, token: VaultToken) => Promise<Result>;

export interface ExchangesOptions {
  client: VaultClient;
  clock: Clock;
  /** Ends all waiting. */
  closing: AbortSignal;
  /** Vault doesn't know the token any more. */
  onDead: (token: VaultToken) => void;
}

/** Everything that is under way at Vault; all of it passes the one gate. */
export class Exchanges {
  readonly #gate: Gate;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #verified = new WeakMap<VaultToken, number>();

  constructor(private readonly options: ExchangesOptions) {
    this.#gate = new Gate(options.clock);
  }

  /**
   * An exchange under a token, which is chosen when its turn has come. When it is refused, the token is looked at: it may be dead.
   *
   * @throws VaultError, or the reason of a signal when it gave up waiting
   */
  async run<Result>(
    purpose: Purpose,
    pace: Pace,
    exchange: Exchange<Result>,
    choose: () => VaultToken | undefined,
  ): Promise<Result> {
    let token: VaultToken | undefined;
    try {
      return await this.pass(purpose, pace, async () => {
        token = choose();
        if (token === undefined) {
          throw new VaultError(purpose, { kind: 'refused' });
        }
        const letGo = token.hold();
        return exchange(this.options.client, token).finally(letGo);
      });
    } catch (error) {
      if (error instanceof VaultError && error.kind === 'refused' && token !== undefined) {
        await this.#verify(token, pace);
      }
      throw error;
    }
  }

  /** Lets those that wait after failures try now. */
  hurry(): void {
    this.#gate.hurry();
  }

  /** An exchange without a token. */
  pass<Result>(purpose: Purpose, pace: Pace, exchange: () => Promise<Result>): Promise<Result> {
    const signal = AbortSignal.any([pace.signal, this.options.closing]);
    return this.track(this.#gate.run(purpose, { ...pace, signal }, exchange));
  }

  track<Result>(work: Promise<Result>): Promise<Result> {
    const settle = () => this.#underWay.delete(work);
    this.#underWay.add(work);
    work.then(settle, settle);
    return work;
  }

  /** Fulfilled when nothing is under way any more, which takes no longer than one exchange may take. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) {
      await Promise.allSettled(this.#underWay);
    }
  }

  /** A refusal may be the policy's or the token's. */
  async #verify(token: VaultToken, pace: Pace): Promise<void> {
    const { clock, client, onDead } = this.options;
    if (token.over.aborted || (this.#verified.get(token) ?? -Infinity) > clock.now() - trustInToken) {
      return;
    }
    this.#verified.set(token, clock.now());
    try {
      await this.pass({ operation: 'lookup_token', path: 'auth/token' }, pace, () =>
        client.lookUpToken(token.value),
      );
    } catch (error) {
      if (error instanceof VaultError && error.kind === 'refused') {
        onDead(token);
      }
    }
  }
}
