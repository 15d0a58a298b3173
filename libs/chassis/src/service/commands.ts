import type { ChassisConfiguration } from '../configuration/index.ts';
import { migrate } from '../database/index.ts';
import { openMigratorSecrets } from '../secrets/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { serve } from './serve.ts';
import { migrationsOf, type ServiceDefinition } from './service.definition.ts';
import { onFirstSignal, untilSignal } from './signals.ts';

interface CommandContext {
  definition: ServiceDefinition;
  configuration: ChassisConfiguration;
  logger: Logger;
}

/** @returns the exit code */
type Command = (context: CommandContext) => Promise<number>;

/** What the image can do; the first argument chooses. */
export const commands: Readonly<Record<string, Command>> = { serve: serveUntilSignal, migrate: migrateOnce };

async function serveUntilSignal({ definition, configuration, logger }: CommandContext): Promise<number> {
  const deadline = configuration.SHUTDOWN_TIMEOUT_MS;
  return untilSignal({ logger, deadline }, (stopping) =>
    serve(definition, { configuration, logger, ...stopping }),
  );
}

/** Run once per release, as a Job of its own, under the migrator's identity. A signal ends it; nothing is applied then. */
async function migrateOnce({ definition, configuration, logger }: CommandContext): Promise<number> {
  const interrupted = new AbortController();
  const { promise: interruption, reject } = Promise.withResolvers<never>();
  // Nobody may be waiting for it yet.
  interruption.catch(() => undefined);
  onFirstSignal((name) => {
    logger.warn('giving up', { 'process.signal': name });
    interrupted.abort();
    reject(interrupted.signal.reason as Error);
  });
  const { signal } = interrupted;
  try {
    const secrets = await openMigratorSecrets(configuration, { logger, signal });
    const { value: credentials } = secrets.databaseCredentials.current;
    const directory = migrationsOf(definition.root);
    const migrating = migrate({ directory, configuration, credentials });
    const applied = await Promise.race([migrating, interruption]).finally(() => secrets.close());
    logger.info(applied.length === 0 ? 'the schema is current' : `applied ${applied.join(', ')}`);
    return 0;
  } catch (error) {
    if (signal.aborted) {
      return 1;
    }
    throw error;
  }
}
