import type { Logger } from '../../../telemetry/index.ts';
import type { Clock } from '../../../timing/index.ts';
import type { VaultClient } from '../client/vault.client.ts';
import type { LoginMethod } from '../login/login.method.ts';

export interface VaultSessionOptions {
  client: VaultClient;
  method: LoginMethod;
  clock: Clock;
  logger: Logger;
}
