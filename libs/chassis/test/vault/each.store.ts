import { openThrowawayVault, type ThrowawayVault, vaultMissing } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe } from 'vitest';
import { openFakeStore, openRealStore, type OpenStore } from '../../testing/vault/index.ts';

/** The same tests on the fake and on a real server; without one, those are skipped, and say why. */
export function describeEachStore(title: string, tests: (open: OpenStore) => void): void {
  describe(`${title}, at the fake Vault`, () => {
    tests(openFakeStore);
  });
  describeRealStore(title, (vault) => tests(openRealStore(vault)));
}

/** Tests that need a real server. */
export function describeRealStore(title: string, tests: (vault: () => ThrowawayVault) => void): void {
  const missing = vaultMissing();
  const reason = missing === undefined ? '' : ` (skipped: ${missing})`;
  describe.skipIf(missing !== undefined)(`${title}, at a real Vault${reason}`, () => {
    let vault: ThrowawayVault;
    beforeAll(async () => {
      vault = await openThrowawayVault();
    });
    afterAll(() => vault.remove());
    tests(() => vault);
  });
}
