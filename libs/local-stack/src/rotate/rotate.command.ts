import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { takeLock } from '../processes/process.lock.ts';
import { StackError } from '../stack.error.ts';
import { rotateDatabase, type DatabaseRotation } from './database.rotation.ts';
import { rotateKey } from './key.rotation.ts';
import { LoginSessions } from './login.sessions.ts';
import { RequestTraffic } from './request.traffic.ts';
import { HELP, parseOptions, type RotateOptions } from './rotate.options.ts';
import { RotationDisplay } from './rotation.display.ts';
import { databaseSummary, keySummary, trafficSummary } from './rotation.summary.ts';
import { stateRoot } from '../start/state.directory.ts';
import { findTarget, type RotationTarget } from './rotation.target.ts';

/** What a rotation works on; everything has the default of `npm run rotate`. */
export interface RotateSettings {
  workspaceRoot?: string;
  output?: NodeJS.WritableStream;
  /** For each thing that the service has to do, in milliseconds. */
  patienceMs?: number;
}

const WORKSPACE_ROOT = resolve(import.meta.dirname, '../../../..');
const PATIENCE_MS = 30_000;
const CALLERS = 20;
/** Before the first change, between changes and after the last: a unit of work begins again once, not each time. */
const CALM_MS = 1500;

/** `npm run rotate`. Sets the process' exit code: 1 when the service didn't change over, or when a request failed. */
export async function runRotate(args: string[], settings: RotateSettings = {}): Promise<void> {
  const { output = process.stdout, workspaceRoot = WORKSPACE_ROOT, patienceMs = PATIENCE_MS } = settings;
  const say = (line: string) => void output.write(`${line}\n`);
  try {
    const options = parseOptions(args);
    if (options.help) return say(HELP);
    const target = await findTarget(workspaceRoot, options.service);
    const lock = takeLock(join(stateRoot(workspaceRoot), target.facts.name, 'rotate.lock'));
    if (!lock) throw new StackError('Another rotation of it is under way. Wait for its end.');
    await rotate(target, options, patienceMs, say).finally(() => lock.release());
  } catch (error) {
    fail(error, say);
  }
}

function fail(error: unknown, say: (line: string) => void): void {
  if (!(error instanceof StackError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

async function rotate(
  target: RotationTarget,
  options: RotateOptions,
  patienceMs: number,
  say: (line: string) => void,
): Promise<void> {
  const { facts, names, postgres, sampleUrl, apiKey } = target;
  const source = target.vault ? `Vault at ${facts.vault?.address}` : 'mounted files';
  say(`${facts.name} with credentials from ${source}; ${CALLERS} callers read ${sampleUrl}\n`);
  const sessions = await LoginSessions.open(postgres, names);
  const traffic = new RequestTraffic(sampleUrl, apiKey, CALLERS);
  const { managementUrl } = facts;
  const display = new RotationDisplay({ managementUrl, database: names.database, sessions, traffic }, say);
  let outcome = 'rotation failed';
  try {
    await delay(CALM_MS);
    outcome = options.key
      ? keySummary(await rotateKey(target, traffic, display, patienceMs))
      : databaseSummary(await rotateTimes(options.times, target, sessions, display, patienceMs));
  } catch (error) {
    fail(error, say);
  } finally {
    await Promise.all([traffic.stop(), display.stop()]);
    await sessions.close();
  }
  say(`\n${outcome}; ${trafficSummary(traffic)}`);
  if (traffic.total().failed > 0) process.exitCode = 1;
}

async function rotateTimes(
  times: number,
  target: RotationTarget,
  sessions: LoginSessions,
  display: RotationDisplay,
  patienceMs: number,
): Promise<DatabaseRotation[]> {
  const rotations: DatabaseRotation[] = [];
  while (rotations.length < times) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    rotations.push(await rotateDatabase(target, sessions, display, patienceMs));
    // oxlint-disable-next-line no-await-in-loop
    await delay(CALM_MS);
  }
  return rotations;
}
