import type { PodChange } from './pod.change.ts';

/** A pod that differs from a good one in one thing, and what the API server says to it. */
export interface RefusedPod {
  readonly title: string;
  readonly change: PodChange;
  /** `PodSecurity`, or one of our policies without its prefix. */
  readonly by: string;
  /** Part of the answer. */
  readonly message: string;
  /** Ours too, where Pod Security is the first to refuse. */
  readonly also?: string;
}

/** Rows of one judge, as `[title, change, message, also]`. */
export const refusedBy =
  (by: string) =>
  (...rows: readonly (readonly [string, PodChange, string, string?])[]): RefusedPod[] =>
    rows.map(([title, change, message, also]) => ({
      title,
      change,
      by,
      message,
      ...(also === undefined ? {} : { also }),
    }));
