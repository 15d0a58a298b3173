import { describe, expect, it } from 'vitest';
import type { ConfigurationError } from './configuration.error.ts';
import { defineConfiguration, readConfiguration } from './read.configuration.ts';

const enough = { NODE_ENV: 'test', DATABASE_HOST: 'postgres', DATABASE_NAME: 'app' };

function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readConfiguration(defineConfiguration({}), environment);
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems;
  }
}

describe('the configuration of Vault', () => {
  it.each([
    [
      { VAULT_DATABASE_PATH: 'database/creds/a' },
      'VAULT_DATABASE_PATH: is set without VAULT_ADDRESS; credentials would come from files',
    ],
    [
      { VAULT_CA_FILE: '/vault.crt' },
      'VAULT_CA_FILE: is set without VAULT_ADDRESS; credentials would come from files',
    ],
    [
      { VAULT_ADDRESS: 'http://localhost:8200' },
      'VAULT_AUTH_ROLE: is missing; VAULT_AUTH_METHOD=kubernetes needs it',
    ],
    [
      { VAULT_ADDRESS: 'http://vault:8200', VAULT_AUTH_METHOD: 'approle' },
      'VAULT_ADDRESS: is not encrypted; production takes http only on the loopback interface',
    ],
    [
      { VAULT_ADDRESS: 'http://127.0.0.1.example.com:8200', VAULT_AUTH_METHOD: 'approle' },
      'VAULT_ADDRESS: is not encrypted; production takes http only on the loopback interface',
    ],
    [
      { VAULT_ADDRESS: 'https://vault:8200', VAULT_AUTH_METHOD: 'approle' },
      'VAULT_CA_FILE: is missing; production believes Vault under a CA of its own only',
    ],
  ])('refuses half a Vault in production: %j', (variables, problem) => {
    const production = {
      ...enough,
      NODE_ENV: 'production',
      DATABASE_CA_FILE: '/ca.crt',
    };

    expect(problemsOf({ ...production, ...variables })).toEqual([problem]);
  });

  it.each([
    { VAULT_ADDRESS: 'http://127.0.0.1:8200', VAULT_AUTH_METHOD: 'approle' },
    { VAULT_ADDRESS: 'https://vault:8200', VAULT_AUTH_ROLE: 'my-service', VAULT_CA_FILE: '/vault.crt' },
  ])('takes a whole Vault: %j', (variables) => {
    const production = {
      ...enough,
      NODE_ENV: 'production',
      DATABASE_CA_FILE: '/ca.crt',
    };

    expect(problemsOf({ ...production, ...variables })).toEqual([]);
  });

  it.each([
    'database/creds/../../sys/seal',
    'database/creds/a%2e',
    "database/creds/o'neill",
    '/database/creds/a',
    'creds/a?x=1',
  ])('refuses the path "%s", which could lead elsewhere', (VAULT_DATABASE_PATH) => {
    expect(
      problemsOf({
        ...enough,
        VAULT_ADDRESS: 'http://localhost:8200',
        VAULT_AUTH_ROLE: 'a',
        VAULT_DATABASE_PATH,
      }),
    ).toHaveLength(1);
  });
});
