import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';
import { identityNames, provisionService } from '../identities/index.ts';
import { startPostgres, type RunningPostgres } from '../postgres/index.ts';
import type { ProgressReport } from './progress.report.ts';
import { portSetting, type Environment, type Surroundings } from './service.environment.ts';
import type { StateDirectory } from './state.directory.ts';

const USUAL_PORT = 5432;

/** The database that a service is started with. */
export interface StackDatabase {
  surroundings: Surroundings;
  /** Whether there are credentials to change its schema with. */
  migratable: boolean;
  description: string;
  /** Undefined when it is the user's own. */
  embedded: RunningPostgres | undefined;
}

/** The user's own database when there is one, else an embedded Postgres with everything the service needs. */
export async function openDatabase(
  service: string,
  own: Surroundings | undefined,
  user: Environment,
  state: StateDirectory,
  progress: ProgressReport,
): Promise<StackDatabase> {
  const names = identityNames(service);
  if (own) return describeOwn(own);
  const note = (line: string) => progress.note(line);
  const port = portSetting(user, 'DATABASE_PORT');
  const postgres = await progress.step('Start Postgres', () =>
    startPostgres({ directory: state.postgresDirectory, port, preferredPort: USUAL_PORT, log: note }),
  );
  if (!port && postgres.port !== USUAL_PORT)
    note(`Port ${USUAL_PORT} is taken: Postgres listens on ${postgres.port}`);
  try {
    await progress.step('Create roles and credentials', () =>
      provisionService(postgres, names, state.secretsDirectory),
    );
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return describeEmbedded(postgres, names.database, state.secretsDirectory);
}

async function describeOwn(own: Surroundings): Promise<StackDatabase> {
  const migrator = await unlessMissing(stat(join(own.SECRETS_DIRECTORY, 'db-migrator-credentials')));
  return {
    surroundings: own,
    migratable: migrator !== undefined,
    description: `${own.DATABASE_NAME} on ${own.DATABASE_HOST} (your own)`,
    embedded: undefined,
  };
}

function describeEmbedded(
  postgres: RunningPostgres,
  database: string,
  secretsDirectory: string,
): StackDatabase {
  return {
    surroundings: {
      DATABASE_HOST: postgres.host,
      DATABASE_PORT: String(postgres.port),
      DATABASE_NAME: database,
      DATABASE_CA_FILE: postgres.caFile,
      SECRETS_DIRECTORY: secretsDirectory,
    },
    migratable: true,
    description: `${database} on ${postgres.host}:${postgres.port} (TLS only)`,
    embedded: postgres,
  };
}
