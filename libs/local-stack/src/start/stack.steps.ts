import type { ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { identityNames } from '../identities/index.ts';
import type { RunningPostgres } from '../postgres/index.ts';
import { identifyProcess } from '../processes/process.identity.ts';
import type { StackContext } from './stack.context.ts';
import { ownDatabase, serviceEnvironment } from './service.environment.ts';
import { stopOrphanedService } from './service.orphan.ts';
import { assertPortsFree, managementUrl, serviceUrl } from './service.ports.ts';
import {
  hasEnded,
  runServiceCommand,
  spawnService,
  stopService,
  type ServiceRun,
} from './service.process.ts';
import { waitUntilReady } from './service.readiness.ts';
import type { StackClosers } from './stack.closers.ts';
import { openDatabase, type StackDatabase } from './stack.database.ts';
import { assertVaultPossible, openVault, type StackVault } from './stack.vault.ts';
import { openStateDirectory, readRunning, type RunFacts, type StateDirectory } from './state.directory.ts';
import { findService, type WorkspaceService } from './workspace.service.ts';

export interface RunningStack {
  run: ServiceRun;
  database: StackDatabase;
  /** Undefined when credentials are mounted files. */
  vault: StackVault | undefined;
  state: StateDirectory;
  /** The one that runs now, or ran last. */
  child: ChildProcess;
}

/** Everything in its order: what can refuse comes first, what takes time after it. */
export async function bringUp(context: StackContext, closers: StackClosers): Promise<RunningStack> {
  const { workspaceRoot, options, user, progress, interrupts } = context;
  const service = await findService(workspaceRoot, options.service);
  const names = identityNames(service.name);
  const own = ownDatabase(user, names.database);
  if (options.vault) assertVaultPossible(own);
  const state = await openStateDirectory(workspaceRoot, service.name);
  closers.add(() => state.close());
  await stopOrphanedService(state, (line) => progress.note(line));
  await state.writeRecord({ launcher: process.pid });
  await assertPortsFree(service.name, serviceEnvironment(user, [], {}), await readRunning(workspaceRoot));
  await progress.step(`Build ${service.name}`, () => context.build(workspaceRoot, service, interrupts.stop));
  const database = await openDatabase(service.name, own, user, state, progress);
  closers.add(() => closeDatabase(database, context));
  interrupts.stop.throwIfAborted();
  const { embedded } = database;
  const vault =
    options.vault && embedded ? await openVault(context, embedded, names, state, closers) : undefined;
  interrupts.stop.throwIfAborted();
  const run = await prepareRun(context, service, state, database, vault);
  if (database.migratable) {
    const migration = { ...run, environment: { ...run.environment, ...vault?.migratorSurroundings } };
    await progress.step('Run migrations', () => runServiceCommand(migration, 'migrate', interrupts.stop));
  }
  return { run, database, vault, state, child: await startService(context, run, state, closers) };
}

async function prepareRun(
  { workspaceRoot, options, user }: StackContext,
  service: WorkspaceService,
  state: StateDirectory,
  database: StackDatabase,
  vault: StackVault | undefined,
): Promise<ServiceRun> {
  const logFile = options.logs ? undefined : state.logFile;
  if (logFile) await rm(logFile, { force: true });
  const surroundings = { ...database.surroundings, ...vault?.surroundings };
  const environment = serviceEnvironment(user, service.settings, surroundings);
  const facts = {
    name: service.name,
    url: serviceUrl(environment),
    managementUrl: managementUrl(environment),
    secretsDirectory: surroundings.SECRETS_DIRECTORY,
    logFile,
    postgres: database.embedded && coordinatesOf(database.embedded),
    vault: vault && { address: vault.running.address, rootTokenFile: vault.rootTokenFile },
  };
  return { service, workspaceRoot, environment, logFile, facts };
}

/** Without the superuser's password. */
function coordinatesOf({ host, port, directory, caFile }: RunningPostgres): RunFacts['postgres'] {
  return { host, port, directory, caFile };
}

/** Starts the service and waits until it is ready. */
export async function startService(
  { progress, interrupts }: StackContext,
  run: ServiceRun,
  state: StateDirectory,
  closers: StackClosers,
): Promise<ChildProcess> {
  const { name } = run.service;
  return progress.step(`Start ${name}`, async () => {
    const child = await spawnService(run);
    closers.add(async () => {
      if (hasEnded(child)) return;
      await progress.step(`Stop ${name}`, () => stopService(child, interrupts.force));
    });
    const identity = await identifyProcess(child.pid ?? 0);
    await state.writeRecord({ launcher: process.pid, service: identity, facts: run.facts });
    await waitUntilReady(run, child, interrupts.stop);
    return child;
  });
}

async function closeDatabase(
  { embedded }: StackDatabase,
  { progress, interrupts }: StackContext,
): Promise<void> {
  if (!embedded) return;
  const { force } = interrupts;
  const crash = () => void embedded.stop({ mode: 'immediate' });
  force.addEventListener('abort', crash, { once: true });
  await progress.step('Stop Postgres', () => embedded.stop({ mode: force.aborted ? 'immediate' : 'fast' }));
  force.removeEventListener('abort', crash);
}
