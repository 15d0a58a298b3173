import { resolve } from 'node:path';
import type { Output } from '../start/progress.report.ts';
import { findServices } from '../start/workspace.service.ts';
import { StackError } from '../stack.error.ts';
import { existingOf, type Existing, type KubernetesObject, type ObjectId } from './cluster.object.ts';
import { kubectlOf, type Kubectl } from './kubectl.command.ts';
import type { PlannedChange } from './planned.change.ts';
import { callersOf } from './policy.callers.ts';
import { HELP, parseOptions, type SecretsOptions } from './secrets.options.ts';
import { idsToRead, OPENBAO, planSecrets } from './secrets.plan.ts';

/** Where the command works; everything has the default of `npm run secrets`. */
export interface SecretsSettings {
  workspaceRoot?: string;
  env?: NodeJS.ProcessEnv;
  output?: Output;
  /** Takes what is said while values are printed. */
  progress?: NodeJS.WritableStream;
}

const WORKSPACE_ROOT = resolve(import.meta.dirname, '../../../..');

/** `npm run secrets`. Sets the process' exit code: 0, or 1 after a failure, which is told in a sentence. */
export async function runSecrets(args: string[]): Promise<void> {
  try {
    await makeSecrets(args);
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** @throws StackError with what is wrong and the cure */
export async function makeSecrets(args: string[], settings: SecretsSettings = {}): Promise<void> {
  const { workspaceRoot = WORKSPACE_ROOT, env, output = process.stdout } = settings;
  const options = parseOptions(args);
  if (!options) return void output.write(HELP);
  if (options.print && output.isTTY)
    throw new StackError('--print writes secret values: send them into a program, not to a terminal.');
  const progress = options.print ? (settings.progress ?? process.stderr) : output;
  const kubectl = kubectlOf(options.context, env);
  const changes = await plan(options, workspaceRoot, kubectl);
  if (options.print) output.write(printed(changes));
  progress.write(`In ${options.context ?? (await kubectl(['config', 'current-context'])).trim()}:\n`);
  for (const change of changes) {
    // oxlint-disable-next-line no-await-in-loop -- in this order, see planSecrets
    if (!options.dryRun && !options.print) await carryOut(change, kubectl);
    progress.write(`${lineOf(change, options)}\n`);
  }
}

async function plan(
  options: SecretsOptions,
  workspaceRoot: string,
  kubectl: Kubectl,
): Promise<PlannedChange[]> {
  const names = await findServices(workspaceRoot, options.services);
  const services = await Promise.all(
    names.map(async (service) => ({
      service,
      callers: options.callers ?? (await callersOf(workspaceRoot, service)),
    })),
  );
  const ids = idsToRead(services);
  const existing = await read(kubectl, options.namespace, ids);
  const ofOpenbao = options.openbao ? await read(kubectl, OPENBAO, ids) : existingOf([]);
  return planSecrets(options, services, existing, ofOpenbao);
}

async function read(kubectl: Kubectl, namespace: string, ids: readonly ObjectId[]): Promise<Existing> {
  // Objects that aren't found are left out in silence, and so would be a namespace.
  await kubectl(['get', `namespace/${namespace}`, '--output=name']).catch((error: Error) => {
    if (!error.message.includes('NotFound')) throw error;
    throw new StackError(`${error.message}\nTo make it: kubectl create namespace ${namespace}`);
  });
  const names = ids.map((id) => id.toLowerCase());
  const flags = [`--namespace=${namespace}`, '--ignore-not-found', '--output=json'];
  const text = await kubectl(['get', ...names, ...flags]);
  return existingOf(text.trim() === '' ? [] : (JSON.parse(text) as { items: KubernetesObject[] }).items);
}

/** Never `apply`: that would keep a copy of each value in an annotation. */
async function carryOut({ verb, object, wanted }: PlannedChange, kubectl: Kubectl): Promise<void> {
  if (verb) await kubectl([verb, '--filename=-'], JSON.stringify(object), Object.values(wanted.values));
}

/** What isn't there yet; what only lacks a key would have to be printed with what nobody may see. */
function printed(changes: readonly PlannedChange[]): string {
  const items = changes.filter(({ verb }) => verb === 'create').map(({ object }) => object);
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`;
}

function lineOf(
  { namespace, wanted, verb, added }: PlannedChange,
  { dryRun, print }: SecretsOptions,
): string {
  const done = verb === 'create' ? 'made' : verb === 'replace' ? `added ${added.join(', ')}` : 'kept';
  const would = verb && (dryRun || print) ? (print && verb === 'create' ? 'printed, not ' : 'would be ') : '';
  return `${namespace} ${wanted.id}: ${would}${done}${wanted.note ? ` (${wanted.note})` : ''}`;
}
