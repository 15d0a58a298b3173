import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigurationError } from './configuration.error.ts';
import { defineConfiguration, processEnvironment, readConfiguration } from './read.configuration.ts';
import { meaningOf, variable } from './variable.ts';

const enough = { NODE_ENV: 'test', DATABASE_HOST: 'postgres', DATABASE_NAME: 'app' };
const schema = defineConfiguration({
  GREETING: variable(z.string().min(3).default('hello'), { expected: 'three letters', about: 'a test' }),
});

function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readConfiguration(schema, environment);
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems;
  }
}

describe('configuration', () => {
  it('fills in defaults, converts and freezes', () => {
    const configuration = readConfiguration(schema, { ...enough, PORT: '9000' });

    expect(configuration).toMatchObject({
      PORT: 9000,
      MANAGEMENT_PORT: 9464,
      GREETING: 'hello',
      API_DOCS: 'off',
    });
    expect(Object.isFrozen(configuration)).toBe(true);
  });

  it('reports every problem at once, by name, with what was expected', () => {
    const problems = problemsOf({ NODE_ENV: 'test', PORT: 'eighty', GREETING: 'x', DATABASE_NAME: 'app' });

    expect(problems).toEqual([
      'PORT: is not valid; expected a port from 1 to 65535, or 0 for any free one',
      'DATABASE_HOST: is missing; expected a host name or address',
      'GREETING: is not valid; expected three letters',
    ]);
  });

  it('never repeats a value', () => {
    const canary = 'canary-5f1b';
    const values = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, canary]));

    expect(() => readConfiguration(schema, values)).toThrow(ConfigurationError);
    expect(problemsOf(values).join('\n')).not.toContain(canary);
  });

  it.each(['-1', '65536', '1e3', '0x50', ' 80', '8080.5', 'NaN'])('refuses the port "%s"', (PORT) => {
    expect(problemsOf({ ...enough, PORT })).toHaveLength(1);
  });

  it('is production when nobody says otherwise, and then demands TLS', () => {
    const { NODE_ENV: _, ...unsaid } = enough;

    expect(problemsOf(unsaid)).toEqual([expect.stringMatching(/^DATABASE_CA_FILE: is missing/)]);
    expect(problemsOf({ ...unsaid, DATABASE_CA_FILE: '/ca.crt' })).toEqual([]);
  });

  it.each(['DATABASE_PASSWORD', 'DATABASE_URL', 'API_KEY', 'EXTERNAL_API_KEY', 'VAULT_TOKEN'])(
    'refuses the secret %s in production and says where it belongs',
    (name) => {
      const production = { ...enough, NODE_ENV: 'production', DATABASE_CA_FILE: '/ca.crt' };

      expect(problemsOf({ ...production, [name]: 'hunter2hunter2' })).toEqual([
        `${name}: holds a secret; unset it and mount the secret below SECRETS_DIRECTORY`,
      ]);
      expect(problemsOf({ ...production, NODE_ENV: 'test', [name]: 'hunter2hunter2' })).toEqual([]);
    },
  );

  it.each(['PGPASSWORD', 'PGOPTIONS', 'PGREPLICATION'])('refuses %s, which the driver would obey', (name) => {
    const production = { ...enough, NODE_ENV: 'production', DATABASE_CA_FILE: '/ca.crt' };

    expect(problemsOf({ ...production, [name]: 'x' })).toEqual([
      `${name}: the driver of Postgres would obey it; unset it and use the DATABASE_ variables`,
    ]);
  });

  it('refuses a drain that would outlast its own deadline', () => {
    expect(problemsOf({ ...enough, SHUTDOWN_DELAY_MS: '30000', SHUTDOWN_TIMEOUT_MS: '30000' })).toEqual([
      'SHUTDOWN_DELAY_MS: leaves no time to finish; expected less than SHUTDOWN_TIMEOUT_MS',
    ]);
  });

  it.each(['foo', '10.0.0.0/99', '::1,nowhere', '10.0.0.1/'])('refuses the proxies "%s"', (proxies) => {
    expect(problemsOf({ ...enough, HTTP_TRUSTED_PROXIES: proxies })).toEqual([
      'HTTP_TRUSTED_PROXIES: is not valid; expected addresses or CIDR ranges, separated by commas',
    ]);
  });

  it('takes proxies by address, range or the name of a private one', () => {
    const { HTTP_TRUSTED_PROXIES } = readConfiguration(schema, {
      ...enough,
      HTTP_TRUSTED_PROXIES: '10.0.0.0/8, ::1, fd00::/8, loopback',
    });

    expect(HTTP_TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '::1', 'fd00::/8', 'loopback']);
  });

  it('says of every variable what it is for and what is expected', () => {
    for (const [name, part] of Object.entries(schema.shape)) {
      expect(meaningOf(part), name).toEqual({ expected: expect.any(String), about: expect.any(String) });
    }
  });

  it('has names that no scanner takes for a secret, so that manifests may set them', () => {
    // The words of kubescape (C-0012) and Polaris (sensitiveContainerEnvVar).
    const suspicious = /key|token|secret|password|pwd|jwt|credential/i;
    const names = Object.keys(schema.shape).filter((name) => suspicious.test(name));

    // Nobody has to set it in a cluster: its default is where the manifests mount.
    expect(names).toEqual(['SECRETS_DIRECTORY']);
  });

  it('takes an empty variable as unset', () => {
    process.env['GREETING'] = '';
    try {
      expect(processEnvironment()).not.toHaveProperty('GREETING');
    } finally {
      delete process.env['GREETING'];
    }
  });
});
