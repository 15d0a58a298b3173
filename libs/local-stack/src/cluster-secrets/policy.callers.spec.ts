import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePolicy } from '../../test-fixtures/made.policy.ts';
import { callersOf } from './policy.callers.ts';
import { idsToRead } from './secrets.plan.ts';

describe('the callers of a service', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'local-stack-callers-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('are the pods of its namespace that its policy lets in to the API, each once', async () => {
    await writePolicy(root, 'orders-api', ['frontend', 'reports', 'frontend']);
    await expect(callersOf(root, 'orders-api')).resolves.toEqual(['frontend', 'reports']);
  });

  it('are none without a policy, and with one that lets nobody in', async () => {
    await expect(callersOf(root, 'orders-api')).resolves.toEqual([]);
    await writePolicy(root, 'orders-api', []);
    await expect(callersOf(root, 'orders-api')).resolves.toEqual([]);
  });

  it('get a key of that service and of no other', () => {
    const ids = idsToRead([
      { service: 'orders-api', callers: ['frontend'] },
      { service: 'ledger-api', callers: ['orders-api'] },
    ]);
    expect(ids.filter((id) => id.endsWith('-key'))).toEqual([
      'Secret/frontend-orders-api-key',
      'Secret/orders-api-ledger-api-key',
    ]);
  });
});
