import type { Grant } from '../client/answer.schemas.ts';

/** A renewal that gives less than this share of what was asked for has met the longest life of a grant. */
const truncatedBelow = 0.9;
/** Milliseconds between two looks at a grant at least, however short it is. */
const shortestStep = 250;
/** Seconds. */
const shortestTerm = 0.001;

/** How long something keeps that Vault has granted, and when to see to it. All times in milliseconds of the clock. */
export class Term {
  /** Seconds that each renewal asks for: as many as there were at first. */
  readonly asked: number;
  isRenewable: boolean;
  #expiresAt: number;
  #nextAt: number;
  #replaceAt: number;

  /** @param from when it was asked for, which is no later than when it began */
  constructor({ seconds, isRenewable }: Grant, from: number) {
    this.asked = seconds;
    this.isRenewable = isRenewable;
    [this.#expiresAt, this.#nextAt, this.#replaceAt] = times(seconds, isRenewable, from);
  }

  /** Infinity without an end. */
  get expiresAt(): number {
    return this.#expiresAt;
  }

  /** When to renew it or, where that can't be, to replace it. */
  get nextAt(): number {
    return this.#nextAt;
  }

  /** When to stop hoping for a renewal. */
  get replaceAt(): number {
    return this.#replaceAt;
  }

  /** @returns whether it was truncated: it won't get longer any more */
  extend({ seconds, isRenewable }: Grant, from: number): 'renewed' | 'truncated' {
    const isTruncated = seconds < this.asked * truncatedBelow;
    this.isRenewable = isRenewable && !isTruncated;
    // Less than a second is rounded down, to what elsewhere means no end.
    const left = this.asked === 0 ? seconds : Math.max(seconds, shortestTerm);
    [this.#expiresAt, this.#nextAt, this.#replaceAt] = times(left, this.isRenewable, from);
    return isTruncated ? 'truncated' : 'renewed';
  }

  /** It has ended before its time. */
  end(now: number): void {
    this.isRenewable = false;
    this.#expiresAt = Math.min(this.#expiresAt, now);
  }
}

/** At two thirds, or by four fifths; spread by a tenth, so that replicas that began together don't knock together. */
function times(seconds: number, isRenewable: boolean, from: number): [number, number, number] {
  if (seconds === 0) {
    return [Infinity, Infinity, Infinity];
  }
  const validity = seconds * 1_000;
  const replaceAt = from + validity * (0.75 + 0.05 * Math.random());
  const renewAt = from + validity * (2 / 3) * (0.9 + 0.2 * Math.random());
  return [from + validity, Math.max(isRenewable ? renewAt : replaceAt, from + shortestStep), replaceAt];
}
