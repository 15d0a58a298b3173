export { readMountedSecret, writeMountedSecret } from './mounted.secret.ts';
export { ensureCredentials, FIRST_CALLER, type Credentials, type Login } from './service.credentials.ts';
