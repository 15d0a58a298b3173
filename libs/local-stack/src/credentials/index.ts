export { readMountedSecret, writeMountedSecret } from './mounted.secret.ts';
export { ensureCredentials, type Credentials, type Login } from './service.credentials.ts';
