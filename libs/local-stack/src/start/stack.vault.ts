import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readMountedSecret } from '../credentials/index.ts';
import { writeOwnedFile } from '../files/owned.file.ts';
import { dropIssuedLogins, type IdentityNames } from '../identities/index.ts';
import { isPortFree, type RunningPostgres } from '../postgres/index.ts';
import { StackError } from '../stack.error.ts';
import { provisionVault, startVault, vaultMissing, type RunningVault } from '../vault/index.ts';
import type { Surroundings, VaultSurroundings } from './service.environment.ts';
import type { StackClosers } from './stack.closers.ts';
import type { StackContext } from './stack.context.ts';
import type { StateDirectory } from './state.directory.ts';

const USUAL_PORT = 8200;

/** Short enough to see renewals, and now and then a rotation, while one looks. */
const TIMES = { leaseSeconds: 300, maxLeaseSeconds: 1200, tokenSeconds: 600, tokenMaxSeconds: 3600 };

/** A new API key is known after this long; in production nobody waits for it. */
const REFRESH_MS = '2000';

/** The Vault that a service is started with. */
export interface StackVault {
  surroundings: VaultSurroundings;
  /** Of the migrations, which log in as somebody else. */
  migratorSurroundings: VaultSurroundings;
  running: RunningVault;
  rootTokenFile: string;
  logFile: string;
}

/** @throws StackError when there can't be a Vault, before anything was started */
export function assertVaultPossible(own: Surroundings | undefined): void {
  if (own) {
    throw new StackError(
      'DATABASE_HOST names a database of your own, and --vault would need its superuser to give Vault a login. ' +
        'Unset DATABASE_HOST and SECRETS_DIRECTORY to use the embedded Postgres, or start without --vault.',
    );
  }
  const missing = vaultMissing();
  if (missing) throw new StackError(`--vault needs OpenBao or Vault: ${missing}.`);
}

/** Starts a Vault, which knows nothing of earlier starts, and configures it for the service. */
export async function openVault(
  { progress, user }: StackContext,
  postgres: RunningPostgres,
  names: IdentityNames,
  state: StateDirectory,
  closers: StackClosers,
): Promise<StackVault> {
  const logFile = join(state.vaultDirectory, 'vault.log');
  const rootTokenFile = join(state.vaultDirectory, 'root-token');
  const running = await progress.step('Start Vault', () => launch(logFile, postgres, closers));
  closers.add(() => progress.step('Stop Vault', () => running.stop()));
  if (!running.address.endsWith(`:${USUAL_PORT}`))
    progress.note(`Port ${USUAL_PORT} is taken: Vault listens on ${new URL(running.address).port}`);
  await writeOwnedFile(rootTokenFile, running.rootToken);
  const { secretsDirectory, migratorSecretsDirectory } = state;
  const paths = await progress.step('Configure Vault', async () => {
    await dropIssuedLogins(postgres, names);
    const apiKeys = (await readMountedSecret(join(secretsDirectory, 'api-keys'))) ?? {};
    const provision = { ...TIMES, apiKeys, secretsDirectory, migratorSecretsDirectory };
    return provisionVault(running.call, postgres, names, provision);
  });
  const surroundings: VaultSurroundings = {
    SECRETS_DIRECTORY: secretsDirectory,
    VAULT_ADDRESS: running.address,
    VAULT_AUTH_METHOD: 'approle',
    VAULT_DATABASE_PATH: paths.databasePath,
    VAULT_MIGRATOR_PATH: paths.migratorPath,
    VAULT_CALLERS_PATH: paths.apiKeysPath,
    VAULT_REFRESH_MS: user['VAULT_REFRESH_MS'] || REFRESH_MS,
  };
  const migratorSurroundings = { ...surroundings, SECRETS_DIRECTORY: migratorSecretsDirectory };
  return { surroundings, migratorSurroundings, running, rootTokenFile, logFile };
}

async function launch(
  logFile: string,
  postgres: RunningPostgres,
  closers: StackClosers,
): Promise<RunningVault> {
  await mkdir(dirname(logFile), { recursive: true });
  await chmod(dirname(logFile), 0o700);
  await rm(logFile, { force: true });
  const log = createWriteStream(logFile, { mode: 0o600 });
  closers.add(async () => void log.end());
  return startVault({
    port: (await isPortFree(USUAL_PORT)) ? USUAL_PORT : undefined,
    directories: [dirname(postgres.caFile)],
    log: (text) => void log.write(text),
  });
}
