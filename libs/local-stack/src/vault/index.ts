export { startVault, type RunningVault, type VaultOptions } from './vault.launcher.ts';
export { vaultMissing } from './vault.program.ts';
export { VaultError, type VaultCall } from './vault.client.ts';
export { provisionVault, type VaultPaths, type VaultProvision } from './vault.provision.ts';
