import { resolve } from 'node:path';
import { StackError } from '../stack.error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a program needs from the machine it runs on. */
const MACHINE = [
  'PATH',
  'HOME',
  'TZ',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'NODE_OPTIONS',
];

/** Would let pg connect elsewhere, past the settings that are checked. */
const NEVER = /^(PG[A-Z]+|DATABASE_URL)$/;

/** As in production, but for what only this machine sees. */
const DEFAULTS = {
  NODE_ENV: 'production',
  LISTEN_ADDRESS: '127.0.0.1',
  PORT: '8080',
  MANAGEMENT_PORT: '9464',
  API_DOCS: 'on',
  // Nothing in front of the service has to notice first that it is about to stop.
  SHUTDOWN_DELAY_MS: '0',
};

/** Settings of the user's that are about another Vault than the one that was started. */
const OF_ANOTHER_VAULT = ['VAULT_CA_FILE', 'VAULT_NAMESPACE', 'VAULT_AUTH_MOUNT', 'VAULT_AUTH_ROLE'];

/** Vault's own command line reads it too, so it may be set where the service has no Vault; the service would complain. */
const OF_NO_VAULT = ['VAULT_NAMESPACE'];

/** Settings that a Vault decides, when there is one. */
export interface VaultSurroundings {
  SECRETS_DIRECTORY: string;
  VAULT_ADDRESS: string;
  VAULT_AUTH_METHOD: 'approle';
  VAULT_DATABASE_PATH: string;
  VAULT_MIGRATOR_PATH: string;
  VAULT_CALLERS_PATH: string;
  VAULT_REFRESH_MS: string;
}

/** Settings that the surroundings decide, embedded or not. */
export interface Surroundings {
  DATABASE_HOST: string;
  DATABASE_NAME: string;
  SECRETS_DIRECTORY: string;
  DATABASE_PORT?: string;
  DATABASE_CA_FILE?: string;
}

/**
 * The whole environment of the service: what the surroundings decide, then what the user has set of the settings the service
 * knows, then defaults. Nothing else is passed on.
 *
 * @param settings names the service knows
 */
export function serviceEnvironment(
  user: Environment,
  settings: readonly string[],
  surroundings: Partial<Surroundings & VaultSurroundings>,
): Record<string, string> {
  const known = [
    ...MACHINE,
    ...Object.keys(DEFAULTS),
    'LOG_LEVEL',
    'DATABASE_PORT',
    'DATABASE_CA_FILE',
    ...settings,
  ];
  const foreign = surroundings.VAULT_ADDRESS ? OF_ANOTHER_VAULT : user['VAULT_ADDRESS'] ? [] : OF_NO_VAULT;
  const wanted = known.filter((name) => !NEVER.test(name) && !foreign.includes(name));
  const entries = wanted.map((name) => [name, user[name]] as const);
  const chosen = entries.filter((entry): entry is [string, string] => Boolean(entry[1]));
  return { ...DEFAULTS, ...Object.fromEntries(chosen), ...surroundings };
}

/**
 * The database that the user brings along; undefined when the embedded one is wanted.
 *
 * @throws StackError when only half of it is said
 */
export function ownDatabase(user: Environment, defaultName: string): Surroundings | undefined {
  const { DATABASE_HOST: host, SECRETS_DIRECTORY: secrets } = user;
  if (!host && !secrets) return undefined;
  if (!host || !secrets) {
    const [set, missing] = host
      ? ['DATABASE_HOST', 'SECRETS_DIRECTORY']
      : ['SECRETS_DIRECTORY', 'DATABASE_HOST'];
    throw new StackError(
      `${set} is set, ${missing} isn't. Set both to use a database of your own, or neither to use the embedded Postgres.`,
    );
  }
  return {
    DATABASE_HOST: host,
    DATABASE_NAME: user['DATABASE_NAME'] || defaultName,
    SECRETS_DIRECTORY: resolve(secrets),
  };
}

/** @throws StackError when the setting isn't a port number */
export function portSetting(environment: Environment, name: string): number | undefined {
  const value = environment[name];
  if (!value) return undefined;
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new StackError(`${name} must be a port number from 1 to 65535.`);
}
