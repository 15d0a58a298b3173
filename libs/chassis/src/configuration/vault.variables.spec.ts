import { describe, expect, it } from 'vitest';
import type { ConfigurationError } from './configuration.error.ts';
import { defineConfiguration, readConfiguration } from './read.configuration.ts';
import { vaultVariables } from './vault.variables.ts';

const enough = { NODE_ENV: 'test', DATABASE_HOST: 'postgres', DATABASE_NAME: 'app' };
const production = { ...enough, NODE_ENV: 'production', DATABASE_CA_FILE: '/ca.crt' };
const vault = { VAULT_ADDRESS: 'http://127.0.0.1:8200', VAULT_AUTH_METHOD: 'approle' };

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
    expect(problemsOf({ ...production, ...variables })).toEqual([problem]);
  });

  it.each([
    vault,
    { VAULT_ADDRESS: 'https://vault:8200', VAULT_AUTH_ROLE: 'my-service', VAULT_CA_FILE: '/vault.crt' },
  ])('takes a whole Vault: %j', (variables) => {
    expect(problemsOf({ ...production, ...variables })).toEqual([]);
  });

  it.each(
    Object.keys(vaultVariables)
      .filter((name) => name !== 'VAULT_ADDRESS')
      .map((name) => [name]),
  )('refuses %s without VAULT_ADDRESS, valid or not, instead of taking files in silence', (name) => {
    expect(problemsOf({ ...production, [name]: '/' })).toContain(
      `${name}: means nothing without VAULT_ADDRESS; set that too, or unset it to use files`,
    );
  });

  it('takes files when no Vault is named, whatever Kubernetes says of a Service called vault', () => {
    expect(
      problemsOf({ ...production, VAULT_PORT: 'tcp://10.0.0.1:8200', VAULT_SERVICE_HOST: '10.0.0.1' }),
    ).toEqual([]);
  });

  it('finds nothing stray where the address itself is not valid', () => {
    expect(problemsOf({ ...production, ...vault, VAULT_ADDRESS: 'vault' })).toEqual([
      'VAULT_ADDRESS: is not valid; expected a URL like https://vault.example.com:8200',
    ]);
  });

  it.each([
    'database/creds/../../sys/seal',
    'database/creds/a%2e',
    "database/creds/o'neill",
    '/database/creds/a',
    'creds/a?x=1',
  ])('refuses the path "%s", which could lead elsewhere', (VAULT_DATABASE_PATH) => {
    expect(problemsOf({ ...enough, ...vault, VAULT_DATABASE_PATH })).toHaveLength(1);
  });
});
