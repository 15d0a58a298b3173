import { setTimeout as delay } from 'node:timers/promises';
import { Pool, type PoolConfig } from 'pg';
import { type Figures, figuresOf, measure } from '../load/measured.stretch.ts';
import { type BenchContext, poolSize } from '../rotation/bench.context.ts';
import { ControlLogins } from './control.logins.ts';
import { naiveSubject } from './naive.pool.ts';

/** Failed units after which a control has shown what it is to show. */
const enough = 200;
const mostRotations = 60;

/** Milliseconds a unit waits for a session; a stranded one for ever without it. */
const patience = 300;

/** Negative control: the login of the one pool is changed in place; sessions of the old one go on until they fail. */
export async function mutateInPlace(context: BenchContext): Promise<Figures> {
  const logins = new ControlLogins(context.postgres, 'mutated');
  let login = await logins.issue();
  const pool = openPool(context, login);
  return run(context, 'control: options mutated', {
    pool: () => pool,
    rotate: async () => {
      const next = await logins.issue();
      Object.assign(pool.options, next);
      await logins.revoke(login);
      login = next;
    },
  });
}

/** Negative control: a new pool takes over and the old one is ended at once, with all that wait in it. */
export async function swapAndEnd(context: BenchContext): Promise<Figures> {
  const logins = new ControlLogins(context.postgres, 'swapped');
  let pool = openPool(context, await logins.issue());
  return run(context, 'control: swap and end()', {
    pool: () => pool,
    rotate: async () => {
      const old = pool;
      pool = openPool(context, await logins.issue());
      await old.end();
      // Until those that were stranded are back at work.
      await delay(patience, undefined, { signal: context.signal });
    },
  });
}

async function run(
  { load, options, signal }: BenchContext,
  title: string,
  { pool, rotate }: { pool: () => Pool; rotate: () => Promise<void> },
): Promise<Figures> {
  const stretch = await measure(load, naiveSubject(pool), async (tally) => {
    for (let time = 0; time < mostRotations && tally.failed < enough; time++) {
      // oxlint-disable no-await-in-loop -- one rotation after the other
      await delay(Math.min(options.pace, 100), undefined, { signal });
      await rotate();
      // oxlint-enable no-await-in-loop
    }
  });
  await pool().end();
  return figuresOf(title, [stretch]);
}

function openPool({ postgres }: BenchContext, login: PoolConfig): Pool {
  const options = { ...postgres.connection, max: poolSize, connectionTimeoutMillis: patience };
  const pool = new Pool({ ...options, ...login, application_name: 'bench-control' });
  // Idle sessions that break; without a listener they would end the process.
  pool.on('error', () => undefined);
  return pool;
}
