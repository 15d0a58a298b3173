import { randomBytes } from 'node:crypto';

export interface FakeTimes {
  leaseSeconds: number;
  maxLeaseSeconds: number;
  tokenSeconds: number;
  tokenMaxSeconds: number;
}

/** A token or a lease, as Vault keeps them: its end moves with renewals, up to a limit. */
export class FakeGrant {
  readonly id: string;
  readonly seconds: number;
  readonly children = new Set<FakeGrant>();
  readonly #lastAt: number;
  #expiresAt: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    prefix: string,
    [seconds, maxSeconds]: readonly [number, number],
    private readonly onExpiry: () => void,
  ) {
    this.id = `${prefix}${randomBytes(16).toString('hex')}`;
    this.seconds = seconds;
    this.#lastAt = Date.now() + maxSeconds * 1_000;
    this.#expiresAt = Date.now() + seconds * 1_000;
    this.#schedule();
  }

  get isOverdue(): boolean {
    return Date.now() >= this.#expiresAt;
  }

  get expireTime(): string {
    return new Date(this.#expiresAt).toISOString();
  }

  /** Whole seconds that are left. */
  get ttl(): number {
    return Math.max(0, Math.floor((this.#expiresAt - Date.now()) / 1_000));
  }

  /** @returns the seconds that it got */
  renew(increment: number): number {
    this.#expiresAt = Math.min(Date.now() + increment * 1_000, this.#lastAt);
    this.#schedule();
    return Math.max(0, Math.round((this.#expiresAt - Date.now()) / 1_000));
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.onExpiry, this.#expiresAt - Date.now()).unref();
  }
}
