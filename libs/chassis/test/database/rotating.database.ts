import { defineConfiguration, readConfiguration } from '@secure-backend/chassis/configuration';
import { Database, DatabaseMetrics, statement } from '@secure-backend/chassis/database';
import { createLogger } from '@secure-backend/chassis/telemetry';
import { createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { RoleSource } from './role.source.ts';

export interface RotatingDatabase {
  database: Database;
  source: RoleSource;
  log(): string;
  /** Value of a metric, with its labels as it is exposed; 0 when it isn't there. */
  metric(name: string): Promise<number>;
  close(): Promise<void>;
}

/** An open {@link Database} whose credentials are roles that a test issues and revokes, on a table `things (id, note)`. */
export async function openRotatingDatabase(
  variables: Record<string, string> = {},
  surroundings?: TestDatabase,
): Promise<RotatingDatabase> {
  const own = surroundings ?? (await createTestDatabase('chassis-test'));
  const source = await RoleSource.open(own);
  await source.superuser(`create table if not exists things (id int, note text);
    insert into things select n, 'note' from generate_series(1, 100) n;
    grant select, insert on things to ${own.names.runtime}`);
  const lines: string[] = [];
  const metrics = new DatabaseMetrics();
  const configuration = readConfiguration(defineConfiguration({}), { ...own.environment, ...variables });
  const logger = createLogger(
    { service: 'chassis-test', version: '0.0.0', level: 'trace' },
    { write: (line: string) => void lines.push(line) },
  );
  const database = new Database({
    configuration,
    credentials: source,
    applicationName: 'chassis-test',
    logger,
    metrics,
  });
  await database.open();
  return {
    database,
    source,
    log: () => lines.join(''),
    metric: async (name) => {
      const exposed = (await metrics.registry.metrics()).split('\n');
      return Number(
        exposed
          .find((line) => line.startsWith(`${name} `))
          ?.split(' ')
          .at(-1) ?? 0,
      );
    },
    close: async () => {
      await database.close();
      for (const role of await source.roles()) {
        await source.revoke(role);
      }
      if (surroundings === undefined) {
        await own.drop();
      }
    },
  };
}

export const read = statement<{ note: string }>('select note from things where id = $1');
export const write = statement('insert into things (id, note) values ($1, $2)');
export const whoAmI = statement<{ user: string }>('select session_user as user');
