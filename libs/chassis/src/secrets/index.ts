export {
  apiKeys,
  type ApiKeyFiles,
  callerOf,
  databaseCredentials,
  type DatabaseCredentials,
} from './credential.schemas.ts';
export { MountedSource } from './files/mounted.source.ts';
export { readMountedDirectory } from './files/mounted.directory.ts';
export { SecretError, type SecretSource, type SecretState, type SecretVersion } from './secret.source.ts';
export { readTransitions } from './secret.states.ts';
export { openMigratorSecrets, openSecrets } from './open.secrets.ts';
export type { ObservedSource } from './observed.source.ts';
export { observeSecrets } from './secret.metrics.ts';
export type { MigratorSecrets, OpenOptions, OpenSecrets, Secrets } from './secrets.ts';
export { leaseTransitions } from './vault/sources/lease.states.ts';
export { tokenTransitions } from './vault/session/token.states.ts';
export { VaultError } from './vault/vault.error.ts';
