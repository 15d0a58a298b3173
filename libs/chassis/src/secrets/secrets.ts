import type { Logger } from '../telemetry/index.ts';
import type { ApiKeyFiles, DatabaseCredentials } from './credential.schemas.ts';
import type { ObservedSource } from './observed.source.ts';
import type { SecretSource } from './secret.source.ts';
import type { Tally } from './tally.ts';

/** What metrics show of the way to Vault. */
export interface ObservedVault {
  token: {
    readonly name: string;
    readonly state: string;
    /** Milliseconds of the clock; Infinity without an end, undefined without a token. */
    readonly expiresAt: number | undefined;
  };
  requests: Tally<'operation' | 'result'>;
}

/** Something open that holds secrets. */
export interface OpenSecrets {
  sources: readonly ObservedSource<unknown>[];
  /** Undefined when they come from files. */
  vault?: ObservedVault;
  /** Gives back what a store has issued. May be repeated. */
  close(): Promise<void>;
}

/** What a service runs on. */
export interface Secrets extends OpenSecrets {
  databaseCredentials: SecretSource<DatabaseCredentials>;
  apiKeys: SecretSource<ApiKeyFiles>;
}

/** What its migrations run on. */
export interface MigratorSecrets extends OpenSecrets {
  databaseCredentials: SecretSource<DatabaseCredentials>;
}

export interface OpenOptions {
  logger: Logger;
  /** Gives up waiting for a store. */
  signal: AbortSignal;
  /** Told why there is no first value yet, each time that a try has failed; for people, without secrets. */
  onWaiting?: (reason: string) => void;
}
