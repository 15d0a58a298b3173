import type { Login } from '../client/answer.schemas.ts';
import { Term } from '../upkeep/term.ts';

/** A token, and who still needs it: leases end with the token under which they were issued. */
export class VaultToken {
  readonly term: Term;
  readonly #value: string;
  readonly #ending = new AbortController();
  readonly #over = new AbortController();
  #holders = 0;
  #onUnused: (() => void) | undefined;

  /** @param from when it was asked for */
  constructor({ token, grant }: Login, from: number) {
    this.#value = token;
    this.term = new Term(grant, from);
  }

  /** For headers only. */
  get value(): string {
    return this.#value;
  }

  get expiresAt(): number {
    return this.term.expiresAt;
  }

  /** Aborted when nothing new should be had under it: it has a successor, or it is dead. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  /** Aborted when it is given up. */
  get over(): AbortSignal {
    return this.#over.signal;
  }

  /** @returns the way to let go */
  hold(): () => void {
    this.#holders += 1;
    return () => {
      this.#holders -= 1;
      this.#giveUpIfUnused();
    };
  }

  /** It has a successor: `giveUp` is called as soon as nobody holds it. */
  retire(giveUp: () => void): void {
    this.#onUnused = giveUp;
    this.#ending.abort();
    this.#giveUpIfUnused();
  }

  /** Vault doesn't know it any more, and its leases neither. */
  die(now: number): void {
    this.term.end(now);
    this.#ending.abort();
    this.#over.abort();
  }

  close(): void {
    this.#over.abort();
  }

  #giveUpIfUnused(): void {
    if (this.#holders === 0 && this.#onUnused !== undefined) {
      const giveUp = this.#onUnused;
      this.#onUnused = undefined;
      giveUp();
    }
  }
}
