export { createTestDatabase, type TestDatabase } from './test.database.ts';
export { openThrowawayPostgres, type ThrowawayPostgres } from './throwaway.postgres.ts';
export { asSuperuser } from '../postgres/index.ts';
export { openThrowawayVault, type ThrowawayVault } from './throwaway.vault.ts';
export { provisionTestVault, type TestVault, type TestVaultTimes } from './test.vault.ts';
export { vaultMissing, VaultError } from '../vault/index.ts';
export { spawnKept, type KeptProgram } from '../processes/kept.program.ts';
export { findFreePort } from '../postgres/port.choice.ts';
