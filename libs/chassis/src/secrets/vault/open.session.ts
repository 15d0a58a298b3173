import { type ChassisConfiguration, ConfigurationError } from '../../configuration/index.ts';
import type { Logger } from '../../telemetry/index.ts';
import { type Clock, systemClock } from '../../timing/index.ts';
import { VaultClient } from './client/vault.client.ts';
import { loginMethod } from './login/login.methods.ts';
import { VaultSession } from './session/vault.session.ts';
import { createTransport } from './transport/vault.transport.ts';

/** Says who is to be asked and how; nobody is asked yet. */
export function createSession(
  configuration: ChassisConfiguration,
  logger: Logger,
  clock: Clock = systemClock,
): { session: VaultSession; client: VaultClient } {
  const client = new VaultClient({
    address: pathOf(configuration, 'VAULT_ADDRESS'),
    namespace: configuration.VAULT_NAMESPACE,
    transport: createTransport({
      timeout: configuration.VAULT_TIMEOUT_MS,
      caFile: configuration.VAULT_CA_FILE,
    }),
  });
  return { client, session: new VaultSession({ client, method: loginMethod(configuration), clock, logger }) };
}

type Required = 'VAULT_ADDRESS' | 'VAULT_DATABASE_PATH' | 'VAULT_MIGRATOR_PATH' | 'VAULT_CALLERS_PATH';

/** @throws ConfigurationError when the variable is missing */
export function pathOf(configuration: ChassisConfiguration, name: Required): string {
  const value = configuration[name];
  if (value === undefined) {
    throw new ConfigurationError([
      `${name}: is missing; credentials come from Vault, as VAULT_ADDRESS is set`,
    ]);
  }
  return value;
}
