export {
  startPostgres,
  removePostgres,
  type PostgresOptions,
  type RunningPostgres,
} from './postgres/index.ts';
export { createIdentities, identityNames, provisionService, type IdentityNames } from './identities/index.ts';
export { readMountedSecret, writeMountedSecret, type Credentials } from './credentials/index.ts';
export { StackError } from './stack.error.ts';
