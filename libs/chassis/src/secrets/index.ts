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
