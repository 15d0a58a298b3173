import { describe, expect, it } from 'vitest';
import { identityNames } from './identity.names.ts';

describe("the names of a service's identities", () => {
  it('follow from the name of the service', () => {
    expect(identityNames('backend-api')).toEqual({
      database: 'backend_api',
      owner: 'backend_api_owner',
      migrator: 'backend_api_migrator',
      runtime: 'backend_api_runtime',
      runtimeLogins: ['backend_api_runtime_a', 'backend_api_runtime_b'],
      vault: 'backend_api_vault',
    });
  });

  it('differ by suffix', () => {
    expect(identityNames('backend-api', '00c0ffee').database).toBe('backend_api_00c0ffee');
  });

  it.each(['', 'Backend', 'backend_api', 'backend--api', '1st', "a'; DROP"])(
    'refuse the service name "%s"',
    (name) => {
      expect(() => identityNames(name)).toThrow('is no service name');
    },
  );

  it('refuse a name that Postgres would cut off', () => {
    expect(() => identityNames('a'.repeat(60))).toThrow('too long');
  });
});
