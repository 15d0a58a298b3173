export { startVault, type RunningVault, type VaultOptions } from './vault.launcher.ts';
export { vaultMissing } from './vault.program.ts';
export { vaultClient, VaultError, type VaultCall } from './vault.client.ts';
export { provisionVault, vaultPaths, type VaultPaths, type VaultProvision } from './vault.provision.ts';
export { writeSecret } from './vault.mounts.ts';
