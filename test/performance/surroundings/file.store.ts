import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { databaseCredentials, MountedSource } from '@secure-backend/chassis/secrets';
import { writeMountedSecret } from '@secure-backend/local-stack';
import type { BenchPostgres } from './bench.postgres.ts';
import type { CredentialStore } from './credential.store.ts';
import type { ServiceEvents } from './service.events.ts';

/** Mounted files: the two runtime logins take turns, as they do where passwords are rotated by hand or by an operator. */
export async function openFileStore(
  postgres: BenchPostgres,
  { logger }: ServiceEvents,
): Promise<CredentialStore> {
  const { names, secretsDirectory } = postgres.service;
  const directory = join(secretsDirectory, 'db-credentials');
  const source = await MountedSource.open(directory, databaseCredentials, logger);
  const [first, second] = names.runtimeLogins;
  let current: string = source.current.value.username;
  const other = () => (current === first ? second : first);

  const setPassword = async (login: string, password: string) => {
    const found = await postgres.query('select from pg_roles where rolname = $1', [login]);
    if (found.length === 0) {
      await postgres.query(
        `create role ${login} login; grant ${names.runtime} to ${login} with inherit true, set false`,
      );
    }
    await postgres.query(`alter role ${login} password '${password}'`);
  };
  const rotate = async () => {
    const login = { username: other(), password: newPassword() };
    await setPassword(login.username, login.password);
    await writeMountedSecret(directory, login);
    current = login.username;
  };
  return {
    name: 'files',
    source,
    environment: {},
    rotate,
    retire: () => setPassword(other(), newPassword()),
    revoke: async (afterwards) => {
      await postgres.query(`drop role ${current}`);
      await afterwards();
      await rotate();
    },
    liveRoles: async () => undefined,
    close: () => source.close(),
  };
}

function newPassword(): string {
  return randomBytes(32).toString('base64url');
}
