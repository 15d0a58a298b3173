export { createIdentities, dropIdentities } from './identity.factory.ts';
export { createVaultIdentity, dropIssuedLogins, handOverRuntimeLogin } from './vault.identity.ts';
export { identityNames, type IdentityNames } from './identity.names.ts';
export { provisionService } from './service.provision.ts';
export { closeRuntimeLogin, openRuntimeLogin } from './runtime.logins.ts';
