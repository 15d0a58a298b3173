import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../timing/index.ts';
import type { DatabaseMetrics } from './database.metrics.ts';
import type { Generation } from './generation.ts';
import { Interruption, OutcomeUnknown } from './interruption.ts';
import type { Rotation } from './rotation.ts';
import type { Session } from './session.ts';

export interface UnitRunnerOptions {
  rotation: Rotation;
  metrics: DatabaseMetrics;
  /** Milliseconds that a unit of work waits for another generation, when this one is worth nothing to it. */
  patience: number;
  /** @throws DatabaseUnavailable when there is none */
  current: () => Generation;
}

export type Work<Result> = (session: Session) => Promise<Result>;

/**
 * A unit may be turned away at the door a few times, while a pool shrinks to the sessions that work; or meet sessions that are
 * lost one after the other. Code of its own runs twice at most.
 */
const mostTries = 5;

/** Milliseconds: sessions are rarely lost alone, and the pool should hear of the others before it hands one of them out. */
const breather = 10;

/** Runs units of work, each on one generation, and again on the next where that hides a lost session or role from the caller. */
export class UnitRunner {
  constructor(private readonly options: UnitRunnerOptions) {}

  /** @throws DatabaseUnavailable, OutcomeUnknown, or whatever `work` throws */
  async run<Result>(work: Work<Result>, isReplayable: boolean): Promise<Result> {
    const { current, metrics, patience, rotation } = this.options;
    // All its waiting for other generations together.
    let deadline: number | undefined;
    let hasReplayed = false;
    for (let tries = 1; ; tries++) {
      if (current().isGone) {
        // oxlint-disable-next-line no-await-in-loop -- one try after the other
        await rotation.changeFrom(current(), (deadline ??= systemClock.now() + patience));
      }
      // Between here and its first step a unit must not wait: the generation could be gone then.
      const generation = current();
      try {
        // oxlint-disable-next-line no-await-in-loop
        return await generation.run(work);
      } catch (error) {
        this.#notice(generation, error);
        const isOver = !(error instanceof Interruption) || tries === mostTries;
        if (isOver || (error.hasRun && (!isReplayable || hasReplayed))) {
          throw error;
        }
        hasReplayed ||= error.hasRun;
        if (error.hasBegun) {
          metrics.replays.inc();
          // oxlint-disable-next-line no-await-in-loop
          await delay(breather);
        } else if (error.isRefused && generation.sessions === 0) {
          deadline ??= systemClock.now() + patience;
          // oxlint-disable-next-line no-await-in-loop
          if (!(await rotation.changeFrom(generation, deadline))) {
            throw error;
          }
        }
      }
    }
  }

  #notice(generation: Generation, error: unknown): void {
    if (error instanceof OutcomeUnknown) {
      this.options.metrics.unknownOutcomes.inc();
    } else if (generation.isRefused) {
      this.options.rotation.refuse(generation);
    }
  }
}
