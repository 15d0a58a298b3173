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

/** A unit may be turned away at the door a few times, while a pool shrinks to the sessions that work. */
const mostTries = 5;

/** Runs units of work, each on one generation, and again on the next where that hides a lost session or role from the caller. */
export class UnitRunner {
  constructor(private readonly options: UnitRunnerOptions) {}

  /** @throws DatabaseUnavailable, OutcomeUnknown, or whatever `work` throws */
  async run<Result>(work: Work<Result>, isReplayable: boolean): Promise<Result> {
    const { current, metrics } = this.options;
    const changes = this.#changes();
    for (let tries = 1, replays = 0; ; tries++) {
      if (current().isGone) {
        // oxlint-disable-next-line no-await-in-loop -- one try after the other
        await changes.from(current());
      }
      // Between here and its first step a unit must not wait: the generation could be gone then.
      const generation = current();
      try {
        // oxlint-disable-next-line no-await-in-loop
        return await generation.run(work);
      } catch (error) {
        this.#notice(generation, error);
        const isOver = !(error instanceof Interruption) || tries === mostTries;
        if (isOver || (error.hasBegun && (!isReplayable || replays > 0))) {
          throw error;
        }
        if (error.hasBegun) {
          replays += 1;
          metrics.replays.inc();
          // oxlint-disable-next-line no-await-in-loop
        } else if (error.isRefused && generation.sessions === 0 && !(await changes.from(generation))) {
          throw error;
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

  /** Waiting for changes of generation, all in all no longer than one unit may wait. */
  #changes() {
    const { rotation, patience } = this.options;
    let deadline: number | undefined;
    return {
      /** @returns whether another generation serves now */
      from: (generation: Generation): Promise<boolean> => {
        deadline ??= systemClock.now() + patience;
        return rotation.changeFrom(generation, deadline);
      },
    };
  }
}
