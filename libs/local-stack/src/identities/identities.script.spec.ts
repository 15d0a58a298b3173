import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { scramVerifier } from '../cluster-secrets/scram.verifier.ts';
import { asSuperuser } from '../postgres/index.ts';
import { POSTGRES_OF_THE_RUN } from '../testing/provided.context.ts';
import { dropIdentities, identityNames } from './index.ts';

const SCRIPT = join(import.meta.dirname, 'sql', 'identities.sh');
const absent = ['bash', 'psql', 'pg_isready'].find((program) => spawnSync(program, ['--version']).error);

describe.skipIf(absent)(`identities.sh${absent ? ` (no ${absent} on the PATH)` : ''}`, () => {
  const postgres = inject(POSTGRES_OF_THE_RUN);
  const names = identityNames('demo-service', randomBytes(4).toString('hex'));
  const [first, second] = names.runtimeLogins;
  let secrets: string;

  const put = async (folder: string, files: Record<string, string>) => {
    await mkdir(join(secrets, folder), { recursive: true });
    const writing = Object.entries(files).map(([name, text]) => writeFile(join(secrets, folder, name), text));
    await Promise.all(writing);
  };
  const run = () => {
    // The script takes the socket in its pod; here there is none.
    const place = [`PGHOST=${postgres.host}`, `PGPORT=${postgres.port}`, 'PGSSLMODE=require'];
    return promisify(execFile)('env', [...place, `SECRETS_DIRECTORY=${secrets}`, 'bash', SCRIPT]);
  };
  const query = (sql: string, values: unknown[] = []) =>
    asSuperuser(postgres, 'postgres', async (client) => (await client.query(sql, values)).rows as unknown[]);
  const stored = (role: string) => query('SELECT rolpassword FROM pg_authid WHERE rolname = $1', [role]);

  beforeEach(async () => {
    secrets = await mkdtemp(join(tmpdir(), 'local-stack-identities-'));
    await put('postgres-superuser', { password: postgres.superuser.password });
  });
  afterEach(async () => {
    await dropIdentities(postgres, names).catch(() => undefined);
    await rm(secrets, { recursive: true });
  });

  it('makes database and roles of the verifiers, says nothing, and may be repeated', async () => {
    const [runtime, migrator] = [scramVerifier('one'), scramVerifier('two')];
    await put('postgres-identities', { [first]: runtime, [names.migrator]: `${migrator}\n` });
    await expect(run()).resolves.toEqual({ stdout: '', stderr: '' });
    await expect(stored(first)).resolves.toEqual([{ rolpassword: runtime }]);
    await expect(stored(names.migrator)).resolves.toEqual([{ rolpassword: migrator }]);
    const connects = 'SELECT has_database_privilege($1, $2, $3) AS may';
    await expect(query(connects, [first, names.database, 'CONNECT'])).resolves.toEqual([{ may: true }]);

    const changed = scramVerifier('three');
    await put('postgres-identities', { [first]: changed, [second]: scramVerifier('four') });
    await run();
    await expect(stored(first)).resolves.toEqual([{ rolpassword: changed }]);
    await expect(stored(second)).resolves.toHaveLength(1);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['no login at all', {}, /no login of a service in/],
    ['a migrator alone', { [names.migrator]: scramVerifier('one') }, /has a migrator and no runtime login/],
    [
      'a password where a verifier belongs',
      { [names.migrator]: scramVerifier('one'), [first]: 'a-password' },
      /_runtime_a holds no SCRAM verifier/,
    ],
  ])('refuses %s, without a word of what it holds, and makes nothing', async (_, files, problem) => {
    await put('postgres-identities', files);
    const before = await query('SELECT datname FROM pg_database ORDER BY datname');
    const failure = (await run().catch((error: unknown) => error)) as { stderr: string };
    expect(failure.stderr).toMatch(problem);
    expect(failure.stderr).not.toMatch(/a-password|\$4096/);
    await expect(query('SELECT datname FROM pg_database ORDER BY datname')).resolves.toEqual(before);
  });

  it('fails when Postgres refuses it', async () => {
    await put('postgres-identities', {
      [first]: scramVerifier('one'),
      [names.migrator]: scramVerifier('two'),
    });
    await put('postgres-superuser', { password: 'not the password' });
    await expect(run()).rejects.toMatchObject({ code: 2 });
    await expect(stored(first)).resolves.toEqual([]);
  });
});
