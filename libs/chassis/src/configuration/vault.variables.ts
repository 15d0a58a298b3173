import { z } from 'zod';
import { absolutePath, duration, minute, variable } from './variable.ts';

/** Segments that need no escaping in a URL: nothing in a path can lead elsewhere. */
const segments = '[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*';
const vaultPath = (pattern: string) => z.string().regex(new RegExp(`^${pattern}$`));

/** How the service reaches Vault (OpenBao) and what it reads there; without VAULT_ADDRESS none of it may be set. */
export const vaultVariables = {
  VAULT_ADDRESS: variable(
    z
      .url({ protocol: /^https?$/ })
      .regex(/^[^?#@]+$/)
      .optional(),
    {
      expected: 'a URL like https://vault.example.com:8200',
      about:
        'takes credentials from this Vault (OpenBao) instead of files; production takes http only on the loopback interface',
    },
  ),
  VAULT_CA_FILE: variable(absolutePath.optional(), {
    expected: 'an absolute path to PEM certificates',
    about: 'the only CA that Vault is believed under; required in production with https',
  }),
  VAULT_NAMESPACE: variable(vaultPath(`${segments}/?`).optional(), {
    expected: 'the path of a namespace',
    about: 'namespace that all paths are in',
  }),
  VAULT_TIMEOUT_MS: duration(5_000, minute, 'deadline of one exchange with Vault, connecting included'),
  VAULT_AUTH_METHOD: variable(z.enum(['kubernetes', 'approle', 'token-file']).default('kubernetes'), {
    expected: 'kubernetes, approle or token-file',
    about:
      'login with vault-kubernetes/token, vault-approle/{role-id,secret-id} or vault-token/token below SECRETS_DIRECTORY',
  }),
  VAULT_AUTH_MOUNT: variable(vaultPath(segments).optional(), {
    expected: 'the mount path of an auth method, like kubernetes',
    about: 'where the auth method is mounted; its own name when unset',
  }),
  VAULT_AUTH_ROLE: variable(vaultPath('[A-Za-z0-9_.-]+').optional(), {
    expected: 'the name of a role of the auth method',
    about: 'role to log in as; required with VAULT_AUTH_METHOD=kubernetes',
  }),
  VAULT_DATABASE_PATH: variable(vaultPath(`${segments}/(?:creds|static-creds)/[A-Za-z0-9_.-]+`).optional(), {
    expected: 'a path like database/creds/my-service or database/static-creds/my-service',
    about: 'the credentials of the runtime identity, dynamic or static',
  }),
  VAULT_MIGRATOR_PATH: variable(vaultPath(`${segments}/(?:creds|static-creds)/[A-Za-z0-9_.-]+`).optional(), {
    expected: 'a path like database/creds/my-service-migrator',
    about: "the migrator's credentials, read by the command migrate only",
  }),
  VAULT_CALLERS_PATH: variable(vaultPath(`${segments}/data/${segments}`).optional(), {
    expected: 'a path of KV version 2, like secret/data/my-service/api-keys',
    about: 'the API keys: a field per caller, <caller>.previous stays valid while it is there',
  }),
  VAULT_REFRESH_MS: duration(minute, 60 * minute, 'time after which what has no lease is read again'),
} as const;
