import { StackError } from '../stack.error.ts';
import { until } from './bounded.wait.ts';
import { changeCredentials } from './credential.change.ts';
import type { LoginSessions } from './login.sessions.ts';
import type { RotationDisplay } from './rotation.display.ts';
import type { RotationTarget } from './rotation.target.ts';
import { readMetrics, type Metrics } from './service.metrics.ts';

const POLL_MS = 50;

export interface DatabaseRotation {
  from: number;
  to: number;
  /** Until the new generation served. */
  seconds: number;
}

/**
 * Changes the credentials of the database and waits until the service has changed over: a new generation serves, the
 * sessions of the outgoing login are gone.
 *
 * @throws StackError when one of them doesn't happen in time
 */
export async function rotateDatabase(
  target: RotationTarget,
  sessions: LoginSessions,
  display: RotationDisplay,
  patienceMs: number,
): Promise<DatabaseRotation> {
  const { managementUrl } = target.facts;
  const before = await readMetrics(managementUrl);
  const from = generationIn(before, managementUrl);
  const outgoing = [...((await sessions.count())?.keys() ?? [])];
  const since = performance.now();
  const change = await changeCredentials(target);
  display.note(change.done);
  const to = await until(patienceMs, POLL_MS, async () => {
    const generation = (await readMetrics(managementUrl)).get('db_client_generation') ?? from;
    return generation > from ? generation : undefined;
  });
  const seconds = (performance.now() - since) / 1000;
  const look = target.facts.logFile ? `see ${target.facts.logFile}` : 'see its log';
  if (to === undefined) {
    throw new StackError(
      `No new generation within ${patienceMs / 1000} s: generation ${from} is still current; ${look}.`,
    );
  }
  display.note(`generation ${to} serves, after ${seconds.toFixed(2)} s`);
  const closed = await until(patienceMs, POLL_MS, async () => {
    const counts = await sessions.count();
    return counts && outgoing.every((login) => !counts.has(login)) ? true : undefined;
  });
  if (!closed) throw new StackError(`${outgoing.join(', ')} still has sessions; ${look}.`);
  display.note(
    `no session of ${outgoing.join(', ')} is left${drainOf(before, await readMetrics(managementUrl))}`,
  );
  const finished = await change.finish();
  if (finished) display.note(finished);
  return { from, to, seconds };
}

function generationIn(metrics: Metrics, managementUrl: string): number {
  const generation = metrics.get('db_client_generation');
  if (generation !== undefined) return generation;
  throw new StackError(
    `${managementUrl}/metrics tells no db_client_generation, so a rotation couldn't be seen.`,
  );
}

/** What the service counted meanwhile, as far as it does. */
function drainOf(before: Metrics, after: Metrics): string {
  const grown = (name: string, unit: string, digits = 0) => {
    const value = after.get(name);
    return value === undefined ? [] : [`${(value - (before.get(name) ?? 0)).toFixed(digits)} ${unit}`];
  };
  const parts = [
    ...grown('db_client_drain_seconds_sum', 's of draining', 2),
    ...grown('db_client_replays_total', 'replayed'),
    ...grown('db_client_forced_closes_total', 'cut off'),
  ];
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}
