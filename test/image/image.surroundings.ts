import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  findFreePort,
  openThrowawayPostgres,
  provisionTestVault,
  type ThrowawayVault,
} from '@secure-backend/local-stack/testing';
import { imageService } from './image.tools.ts';

/** What a container of the service needs around it, on the loopback interface. */
export interface Surroundings {
  /** For `podman run`: network, mounted secrets, environment of the commands serve and migrate. */
  readonly serving: readonly string[];
  readonly migrating: readonly string[];
  readonly api: string;
  readonly management: string;
  /** With the key of a caller; 0 while nobody answers. */
  readonly statusOf: (url: string) => Promise<number>;
  remove(): Promise<void>;
}

/** @param vault takes the credentials out of this one; mounted are the logins to it then, and nothing else */
export async function openSurroundings(vault?: ThrowawayVault): Promise<Surroundings> {
  const postgres = await openThrowawayPostgres();
  const database = await createTestDatabase(imageService, postgres.coordinates);
  const provision = vault && (await provisionTestVault(vault, database));
  const folder = await mkdtemp(join(tmpdir(), 'image-secrets-'));
  const ports = { api: await findFreePort(), management: await findFreePort() };
  const flagsWith = async (source: string, use: string): Promise<string[]> => {
    const secrets = join(folder, use);
    await cp(source, secrets, { recursive: true, verbatimSymlinks: true });
    if (vault)
      for (const name of ['db-credentials', 'db-migrator-credentials', 'api-keys'])
        await rm(join(secrets, name), { recursive: true, force: true });
    await mkdir(join(secrets, 'db-ca'));
    await cp(postgres.coordinates.caFile, join(secrets, 'db-ca/ca.crt'));
    await openToReaders(folder);
    const environment = {
      ...database.environment,
      ...provision?.environment,
      NODE_ENV: 'production',
      PORT: ports.api,
      MANAGEMENT_PORT: ports.management,
      SECRETS_DIRECTORY: '/run/secrets',
      DATABASE_CA_FILE: '/run/secrets/db-ca/ca.crt',
      SHUTDOWN_DELAY_MS: 0,
    };
    return [
      // Postgres and Vault listen on the loopback interface only.
      '--network=host',
      `--volume=${secrets}:/run/secrets:ro`,
      ...Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`),
    ];
  };
  const own = database.secretsDirectory;
  return {
    serving: await flagsWith(own, 'serve'),
    migrating: await flagsWith(vault ? `${own}-migrator` : own, 'migrate'),
    api: `http://127.0.0.1:${ports.api}`,
    management: `http://127.0.0.1:${ports.management}`,
    statusOf: (url) =>
      fetch(url, { headers: { 'x-api-key': database.apiKey } }).then(
        (response) => response.status,
        () => 0,
      ),
    remove: async () => {
      await postgres.remove();
      await rm(folder, { recursive: true });
    },
  };
}

/** For the container's user: in a pod, mounted secrets belong to a group of its own. */
async function openToReaders(path: string): Promise<void> {
  await chmod(path, 0o755);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await openToReaders(inner);
    else if (!entry.isSymbolicLink()) await chmod(inner, 0o644);
  }
}
