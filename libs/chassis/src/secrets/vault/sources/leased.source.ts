import type { ObservedSource } from '../../observed.source.ts';
import type { SecretVersion } from '../../secret.source.ts';
import { keepUp, type Renewal } from '../upkeep/keep.up.ts';
import type { Lease } from './lease.ts';
import { issueLease, type IssueOptions } from './lease.issue.ts';
import type { LeaseState } from './lease.states.ts';
import { LeaseStatus } from './lease.status.ts';

export interface LeasedSourceOptions<Value> extends IssueOptions<Value> {
  /** For logs: `db-credentials`. */
  name: string;
}

/** A secret that Vault makes for us, with a lease that is renewed, and replaced when that can't be. */
export class LeasedSource<Value> implements ObservedSource<Value> {
  readonly name: string;
  readonly rotations = { announced: 0, failed: 0 };
  readonly #options: LeasedSourceOptions<Value>;
  readonly #status: LeaseStatus;
  readonly #listeners = new Set<(next: SecretVersion<Value>) => void>();
  readonly #closing = new AbortController();
  /** Issued and not yet given back. */
  readonly #leases = new Set<Lease<Value>>();
  readonly #keeping = new Set<Promise<void>>();
  #current: Lease<Value>;
  /** Of the next version, whether it comes or not. */
  #attempt = Promise.withResolvers<void>();

  private constructor(options: LeasedSourceOptions<Value>, first: Lease<Value>) {
    const { name, session } = options;
    this.name = name;
    this.#options = options;
    this.#current = first;
    this.#status = new LeaseStatus(name, session.logger);
    this.#status.succeed();
    this.#keep(first);
  }

  /**
   * @throws VaultError when the first version can't be had now, SecretError when it isn't what it should be, the signal's reason
   *   when that gave up waiting; call again then: it is Vault's gate that makes tries wait
   */
  static async open<Value>(
    options: LeasedSourceOptions<Value>,
    signal: AbortSignal,
  ): Promise<LeasedSource<Value>> {
    return new LeasedSource(options, await issueLease(options, { validUntil: undefined, signal }));
  }

  get current(): SecretVersion<Value> {
    return this.#current;
  }

  get state(): LeaseState {
    return this.#status.stateWhen(this.#isValid());
  }

  get problem(): string | undefined {
    return this.#status.problem;
  }

  subscribe(listener: (next: SecretVersion<Value>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async replace(refused: SecretVersion<Value>): Promise<void> {
    if (refused === this.#current && !this.#current.over.aborted && !this.#closing.signal.aborted) {
      this.#current.refuse();
      this.#options.session.hurry();
      await this.#attempt.promise;
    }
  }

  /** Gives all versions back. */
  async close(): Promise<void> {
    this.#listeners.clear();
    this.#closing.abort();
    await Promise.all(this.#keeping);
    this.#attempt.resolve();
    await Promise.all([...this.#leases].map((lease) => lease.release()));
    this.#status.revoke();
  }

  #keep(lease: Lease<Value>): void {
    const over = AbortSignal.any([lease.over, this.#closing.signal]);
    const keeping = keepUp(
      {
        term: lease.term,
        get expiresAt() {
          return lease.expiresAt;
        },
        over,
        ending: lease.ending,
        isReplaced: () => lease !== this.#current,
        renew: () => (lease === this.#current ? this.#renew(lease, over) : lease.renew(over)),
        replace: () => this.#rotate(lease, over),
      },
      this.#options.session.clock,
    ).finally(() => this.#keeping.delete(keeping));
    this.#keeping.add(keeping);
    this.#leases.add(lease);
    lease.over.addEventListener('abort', () => this.#leave(lease), { once: true });
  }

  async #renew(lease: Lease<Value>, signal: AbortSignal): Promise<Renewal> {
    this.#status.begin('RENEWING');
    const outcome = await this.#status.orWorry(this.#isValid, () => lease.renew(signal));
    if (outcome === 'renewed') {
      this.#status.succeed();
    }
    return outcome;
  }

  async #rotate(lease: Lease<Value>, signal: AbortSignal): Promise<void> {
    this.#status.begin('ROTATING');
    const pace = { validUntil: lease.expiresAt, signal };
    try {
      this.#adopt(await this.#status.orWorry(this.#isValid, () => issueLease(this.#options, pace)));
    } catch (error) {
      this.rotations.failed += 1;
      throw error;
    } finally {
      this.#attempt.resolve();
      this.#attempt = Promise.withResolvers();
    }
  }

  readonly #isValid = () => this.#current.expiresAt > this.#options.session.clock.now();

  #adopt(next: Lease<Value>): void {
    this.#current = next;
    this.#status.succeed();
    this.rotations.announced += 1;
    this.#keep(next);
    for (const listener of this.#listeners) {
      listener(next);
    }
  }

  #leave(lease: Lease<Value>): void {
    this.#leases.delete(lease);
    if (lease === this.#current) {
      this.#status.revoke();
    }
  }
}
