export { readMountedSecret, writeMountedSecret } from './mounted.secret.ts';
export {
  ensureCredentials,
  FIRST_CALLER,
  newSecret,
  type Credentials,
  type Login,
} from './service.credentials.ts';
