import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../telemetry/index.ts';
import { SecretError } from '../../secret.source.ts';
import { LeaseStatus } from './lease.status.ts';

describe('the state of a lease', () => {
  it('is STALE as soon as a lease that nobody could renew is over, with the same problem', async () => {
    const status = new LeaseStatus('db-credentials', silentLogger);
    status.succeed();
    expect(status.stateWhen(false)).toBe('ACTIVE');
    status.begin('RENEWING');
    const failing = status.orWorry(
      () => true,
      () => Promise.reject(new SecretError('Vault is sealed')),
    );

    await expect(failing).rejects.toThrow('Vault is sealed');
    expect(status.stateWhen(true)).toBe('DEGRADED');
    expect(status.stateWhen(false)).toBe('STALE');
    expect(status.problem).toBe('Vault is sealed');
    status.succeed();
    expect(status.stateWhen(true)).toBe('ACTIVE');
  });
});
