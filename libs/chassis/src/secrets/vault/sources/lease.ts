import type { SecretVersion } from '../../secret.source.ts';
import type { LeasedCredentials } from '../client/answer.schemas.ts';
import type { VaultSession } from '../session/vault.session.ts';
import type { VaultToken } from '../session/vault.token.ts';
import type { Renewal } from '../upkeep/keep.up.ts';
import { Term } from '../upkeep/term.ts';
import { VaultError } from '../vault.error.ts';
import { revokeLease } from './lease.revocation.ts';

export interface LeaseOptions<Value> {
  value: Value;
  answer: LeasedCredentials;
  session: VaultSession;
  /** Under which it was issued: they end together. */
  token: VaultToken;
  /** When it was asked for. */
  from: number;
}

/** One version of a secret with a lease. */
export class Lease<Value> implements SecretVersion<Value> {
  readonly value: Value;
  readonly term: Term;
  /** Aborted when it must be replaced: it was refused, or its token ends. */
  readonly ending: AbortSignal;
  readonly #id: string;
  readonly #session: VaultSession;
  readonly #token: VaultToken;
  readonly #letGo: () => void;
  readonly #over = new AbortController();
  readonly #refused = new AbortController();
  #release: Promise<void> | undefined;

  constructor({ value, answer, session, token, from }: LeaseOptions<Value>) {
    this.value = value;
    this.term = new Term(answer.grant, from);
    this.#id = answer.leaseId;
    this.#session = session;
    this.#token = token;
    this.#letGo = token.hold();
    this.ending = AbortSignal.any([this.#refused.signal, token.ending]);
  }

  get expiresAt(): number {
    return Math.min(this.term.expiresAt, this.#token.expiresAt);
  }

  /** Aborted when it is given back. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** Whoever used it was turned away. */
  refuse(): void {
    this.#refused.abort();
  }

  /** @throws VaultError when that failed for now, the signal's reason when it gave up waiting */
  async renew(signal: AbortSignal): Promise<Renewal> {
    const purpose = { operation: 'renew_lease', path: 'sys/leases' } as const;
    const pace = { validUntil: this.expiresAt, signal };
    try {
      return await this.#session.callUnder(this.#token, purpose, pace, async (client) => {
        const from = this.#session.clock.now();
        const grant = await client.renewLease(this.#token.value, this.#id, this.term.asked);
        return this.term.extend(grant, from);
      });
    } catch (error) {
      if (error instanceof VaultError && !error.isAilment) {
        return 'refused';
      }
      throw error;
    }
  }

  release(): Promise<void> {
    this.#over.abort();
    this.#release ??= revokeLease(this.#id, this.#token, this.#session).finally(this.#letGo);
    return this.#release;
  }
}
