import { type Database, statement } from '@secure-backend/chassis/database';
import { read, write } from './rotating.database.ts';

export interface Traffic {
  /** Units of work that ended well so far. */
  readonly succeeded: number;
  readonly failures: readonly Error[];
  /** Lets the units under way finish. */
  stop(): Promise<void>;
}

const pause = statement('select pg_sleep(0.001)');

/** A database that fails at once would keep the workers from ever pausing. */
const mostFailures = 10_000;

/** Workers that never pause: reads, single writes, and each tenth unit a transaction. */
export function startTraffic(database: Database, workers = 20): Traffic {
  const failures: Error[] = [];
  let succeeded = 0;
  const stopped = new AbortController();
  const unit = async (n: number) => {
    if (n % 10 === 0) {
      await database.transaction(
        async (transaction) => {
          await transaction.query(write, [n, 'in a transaction']);
          await transaction.query(pause);
        },
        { isReplayable: true },
      );
    } else if (n % 10 === 5) {
      await database.query(write, [n, 'alone']);
    } else {
      await database.query(read, [(n % 100) + 1]);
    }
  };
  const work = async (worker: number) => {
    for (let n = worker; !stopped.signal.aborted && failures.length < mostFailures; n++) {
      try {
        await unit(n);
        succeeded += 1;
      } catch (error) {
        failures.push(error as Error);
      }
    }
  };
  const working = Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return {
    get succeeded() {
      return succeeded;
    },
    failures,
    stop: async () => {
      stopped.abort();
      await working;
    },
  };
}
