import { tmpdir } from 'node:os';
import { startVault, type RunningVault } from '../vault/index.ts';

/** A Vault of one's own: unsealed, empty, all in memory. */
export interface ThrowawayVault extends Pick<
  RunningVault,
  'program' | 'address' | 'rootToken' | 'call' | 'seal' | 'unseal'
> {
  /** Takes it down, and all it had with it; may be repeated. */
  remove(): Promise<void>;
}

/**
 * Starts a development server of OpenBao or Vault on the loopback interface. It ends with this process, however that ends.
 *
 * @param options port: exactly this one, to come back where another was; any free one unless given
 * @throws StackError when there is none on this machine; `vaultMissing` tells beforehand
 */
export async function openThrowawayVault(options: { port?: number } = {}): Promise<ThrowawayVault> {
  const { program, address, rootToken, call, seal, unseal, stop } = await startVault({
    ...options,
    // Where a throw-away Postgres has its certificates.
    directories: [tmpdir()],
  });
  return { program, address, rootToken, call, seal, unseal, remove: stop };
}
