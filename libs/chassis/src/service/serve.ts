import type { AddressInfo } from 'node:net';
import type { ChassisConfiguration } from '../configuration/index.ts';
import { Database, DatabaseMetrics, observeDatabase } from '../database/index.ts';
import { Lifecycle, ManagementServer } from '../health/index.ts';
import { ApiKeys, createHttpServer } from '../http/index.ts';
import { observeSecrets } from '../secrets/index.ts';
import { type Logger, Metrics } from '../telemetry/index.ts';
import { Closers } from './closers.ts';
import { Connections } from './connections.ts';
import { serviceModule } from './chassis.module.ts';
import { drain } from './drain.ts';
import { asListenError } from './listen.error.ts';
import { openDatabase } from './open.database.ts';
import { openSecretsWatched } from './open.secrets.watched.ts';
import { readManifest, type ServiceDefinition } from './service.definition.ts';

export interface RunningService {
  /** Port of the API. */
  port: number;
  managementPort: number;
  /** Drains, then releases everything. Resolves when nothing is left. */
  stop(): Promise<void>;
}

export interface ServeOptions {
  configuration: ChassisConfiguration;
  logger: Logger;
  /** Gives up starting. */
  signal: AbortSignal;
  /** Gets what has to happen even when the service ends before everything has finished. */
  lastDuties?: Closers;
}

/**
 * Starts a service: probes first, so that somebody can watch; then secrets, database and API.
 *
 * @throws SecretError, ListenError; what had been opened is closed again
 */
export async function serve(definition: ServiceDefinition, options: ServeOptions): Promise<RunningService> {
  const closers = new Closers();
  try {
    return await start(definition, options, closers);
  } catch (error) {
    await closers.close().catch((failure: unknown) => {
      options.logger.warn('closing after a failed start failed too', {}, failure);
    });
    throw error;
  }
}

async function start(
  definition: ServiceDefinition,
  { configuration, logger, signal, lastDuties }: ServeOptions,
  closers: Closers,
): Promise<RunningService> {
  const { LISTEN_ADDRESS: address } = configuration;
  const manifest = readManifest(definition.root);
  const metrics = new Metrics();
  const databaseMetrics = new DatabaseMetrics(metrics.registry);
  const lifecycle = new Lifecycle();
  const management = new ManagementServer(lifecycle, metrics);
  const managementPort = await management
    .listen(configuration.MANAGEMENT_PORT, address)
    .catch(asListenError('MANAGEMENT_PORT', configuration.MANAGEMENT_PORT));
  closers.add(() => management.close());

  const opening = openSecretsWatched(configuration, { logger, signal }, lifecycle);
  // Opening that gives up leaves nothing behind either, but takes a moment for that.
  const closeSecrets = () =>
    opening.then(
      (secrets) => secrets.close(),
      () => undefined,
    );
  // On either way out; what a store has issued goes back once.
  lastDuties?.add(closeSecrets);
  closers.add(closeSecrets);
  const secrets = await opening;
  observeSecrets(secrets, metrics.registry);

  const database = new Database({
    configuration,
    credentials: secrets.databaseCredentials,
    applicationName: manifest.name,
    logger,
    metrics: databaseMetrics,
  });
  closers.add(() => database.close());
  observeDatabase(database, metrics.registry);
  lifecycle.explain(() => database.problem && `database: ${database.problem}`);
  await openDatabase(database, logger, signal);

  const root = await serviceModule(definition.module, { configuration, database, logger, metrics });
  const { app, inFlight } = await createHttpServer(root, {
    configuration,
    information: { ...manifest, title: manifest.name },
    keys: new ApiKeys(secrets.apiKeys),
    lifecycle,
    logger,
    metrics,
  });
  closers.add(() => app.close());
  signal.throwIfAborted();
  const server = app.getHttpServer();
  const connections = new Connections(server);
  await app.listen(configuration.PORT, address).catch(asListenError('PORT', configuration.PORT));
  const delay = configuration.SHUTDOWN_DELAY_MS;
  closers.add(() => drain({ server, connections, inFlight, lifecycle, delay }));
  const { port } = server.address() as AddressInfo;
  lifecycle.ready();
  logger.info('service is ready', { 'server.address': address, 'server.port': port });
  return { port, managementPort, stop: () => closers.close() };
}
