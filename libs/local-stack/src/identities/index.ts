export {
  createIdentities,
  createVaultIdentity,
  dropIdentities,
  dropIssuedLogins,
} from './identity.factory.ts';
export { identityNames, type IdentityNames } from './identity.names.ts';
export { provisionService } from './service.provision.ts';
export { closeRuntimeLogin, openRuntimeLogin } from './runtime.logins.ts';
