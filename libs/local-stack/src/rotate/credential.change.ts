import { join } from 'node:path';
import { newSecret, readMountedSecret, writeMountedSecret } from '../credentials/index.ts';
import { closeRuntimeLogin, openRuntimeLogin } from '../identities/index.ts';
import { StackError } from '../stack.error.ts';
import { vaultPaths, type VaultCall } from '../vault/index.ts';
import type { RotationTarget } from './rotation.target.ts';

/** A change of the database's credentials that has been made. */
export interface CredentialChange {
  /** What was done, for the reader. */
  done: string;
  /** What is left to do once the outgoing login has no session any more; answers with what was done. */
  finish: () => Promise<string | undefined>;
}

/** Changes the credentials of the database where they come from: in Vault or in the mounted secret. */
export async function changeCredentials(target: RotationTarget): Promise<CredentialChange> {
  return target.vault ? revokeLeases(target, target.vault) : alternateLogins(target);
}

/** Behind the service's back, as an operator would after a leak: Vault drops the logins at once. */
async function revokeLeases({ names }: RotationTarget, vault: VaultCall): Promise<CredentialChange> {
  const { databasePath } = vaultPaths(names);
  await vault('PUT', `sys/leases/revoke-prefix/${databasePath}`, { sync: true });
  return { done: `revoked every lease of ${databasePath}`, finish: async () => undefined };
}

/** The login that doesn't serve gets a new password, so that the one that serves goes on working until the change is over. */
async function alternateLogins({ facts, names, postgres }: RotationTarget): Promise<CredentialChange> {
  const directory = join(facts.secretsDirectory, 'db-credentials');
  const outgoing = (await readMountedSecret(directory))?.['username'] ?? '';
  const username = names.runtimeLogins.find((login) => login !== outgoing);
  if (!username || !names.runtimeLogins.includes(outgoing)) {
    throw new StackError(
      `${directory} names "${outgoing}", which is none of ${names.runtimeLogins.join(' and ')}.`,
    );
  }
  const login = { username, password: newSecret() };
  await openRuntimeLogin(postgres, names, login);
  await writeMountedSecret(directory, login);
  return {
    done: `gave ${username} a new password and wrote both to the mounted secret`,
    finish: async () => {
      await closeRuntimeLogin(postgres, names, outgoing);
      return `${outgoing} can no longer log in`;
    },
  };
}
