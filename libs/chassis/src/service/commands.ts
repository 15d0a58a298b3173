import { join } from 'node:path';
import type { ChassisConfiguration } from '../configuration/index.ts';
import { migrate } from '../database/index.ts';
import { databaseCredentials, MountedSource } from '../secrets/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { serve } from './serve.ts';
import { migrationsOf, type ServiceDefinition } from './service.definition.ts';
import { untilSignal } from './signals.ts';

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

/** Run once per release, as a Job of its own, under the migrator's identity. */
async function migrateOnce({ definition, configuration, logger }: CommandContext): Promise<number> {
  const source = await MountedSource.open(
    join(configuration.SECRETS_DIRECTORY, 'db-migrator-credentials'),
    databaseCredentials,
  );
  const applied = await migrate({
    directory: migrationsOf(definition.root),
    configuration,
    credentials: source.current.value,
  });
  logger.info(applied.length === 0 ? 'the schema is current' : `applied ${applied.join(', ')}`);
  return 0;
}
