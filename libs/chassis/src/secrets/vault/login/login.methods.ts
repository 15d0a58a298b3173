import { join } from 'node:path';
import { z } from 'zod';
import type { ChassisConfiguration } from '../../../configuration/index.ts';
import { readMountedDirectory } from '../../files/mounted.directory.ts';
import { parseSecret } from '../../secret.parsing.ts';
import type { LoginMethod } from './login.method.ts';

type LoginConfiguration = Pick<
  ChassisConfiguration,
  'SECRETS_DIRECTORY' | 'VAULT_AUTH_METHOD' | 'VAULT_AUTH_MOUNT' | 'VAULT_AUTH_ROLE'
>;

/** Node refuses other characters in headers, with a message that quotes them. */
const visible = z.string().regex(/^[\x21-\x7e]+$/, 'must be one word of visible ASCII characters');
const bearerToken = z.object({ token: visible });
const appRole = z.object({ 'role-id': visible, 'secret-id': visible });

/** The login that the configuration chooses. */
export function loginMethod(configuration: LoginConfiguration): LoginMethod {
  return methods[configuration.VAULT_AUTH_METHOD](configuration);
}

const methods: Readonly<
  Record<LoginConfiguration['VAULT_AUTH_METHOD'], (configuration: LoginConfiguration) => LoginMethod>
> = { kubernetes, approle, 'token-file': tokenFile };

/** A projected token of the pod's service account, bound to an audience of Vault's own. */
function kubernetes(configuration: LoginConfiguration): LoginMethod {
  const { VAULT_AUTH_MOUNT: mount = 'kubernetes', VAULT_AUTH_ROLE: role = '' } = configuration;
  return {
    path: `auth/${mount}`,
    ownsToken: true,
    logIn: async (client) => {
      const { token } = await readFiles(configuration, 'vault-kubernetes', bearerToken);
      return client.kubernetesLogin(mount, role, token);
    },
  };
}

function approle(configuration: LoginConfiguration): LoginMethod {
  const { VAULT_AUTH_MOUNT: mount = 'approle' } = configuration;
  return {
    path: `auth/${mount}`,
    ownsToken: true,
    logIn: async (client) => {
      const files = await readFiles(configuration, 'vault-approle', appRole);
      return client.appRoleLogin(mount, files['role-id'], files['secret-id']);
    },
  };
}

/** A token that somebody else, such as Vault's agent, renews and replaces. */
function tokenFile(configuration: LoginConfiguration): LoginMethod {
  return {
    path: 'auth/token',
    ownsToken: false,
    logIn: async (client) => {
      const { token } = await readFiles(configuration, 'vault-token', bearerToken);
      const { seconds } = await client.lookUpToken(token);
      return { token, grant: { seconds, isRenewable: false } };
    },
  };
}

async function readFiles<Files>(
  { SECRETS_DIRECTORY: secrets }: LoginConfiguration,
  name: string,
  schema: z.ZodType<Files>,
): Promise<Files> {
  const directory = join(secrets, name);
  return parseSecret(directory, schema, await readMountedDirectory(directory));
}
