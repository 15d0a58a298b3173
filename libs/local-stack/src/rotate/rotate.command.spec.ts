import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { curlsIn, shell } from '../../test-fixtures/demo.start.ts';
import { DemoWorkspace } from '../../test-fixtures/demo.workspace.ts';
import { readMountedSecret } from '../credentials/index.ts';
import { asSuperuser, readSuperuser } from '../postgres/index.ts';
import { readRunning } from '../start/state.directory.ts';
import { createTestDatabase } from '../testing/index.ts';
import { vaultMissing } from '../vault/index.ts';

const missing = vaultMissing();

describe('npm run rotate', { timeout: 60_000 }, () => {
  let workspace: DemoWorkspace;
  const secret = (name: string) => readMountedSecret(join(workspace.stateOf(), 'secrets', name));
  const canLogIn = async (login: string) => {
    const [facts] = await readRunning(workspace.root);
    if (!facts?.postgres) throw new Error('Nothing runs.');
    const superuser = await readSuperuser(facts.postgres.directory);
    const sql = 'SELECT rolcanlogin FROM pg_roles WHERE rolname = $1';
    return asSuperuser({ ...facts.postgres, superuser }, 'postgres', async (client) => {
      const { rows } = await client.query<{ rolcanlogin: boolean }>(sql, [login]);
      return rows[0]?.rolcanlogin;
    });
  };

  beforeAll(async () => {
    workspace = await DemoWorkspace.open();
  });
  afterEach(() => workspace.stopAll());
  afterAll(() => workspace.remove());

  it('says what to do when nothing runs', async () => {
    const { code, last } = await workspace.rotate();
    expect(code).toBe(1);
    expect(last).toBe('No service runs here. Start one in another terminal: npm start');
  });

  it.each([
    [['--help'], 0, 'npm run rotate -- --times 5'],
    [['--colour'], 1, "Unknown option '--colour'. What there is: npm run rotate -- --help"],
    [['--key', '--times', '2'], 1, '--key changes the key once: leave --times out.'],
    [['--times', '0'], 1, '--times must be a whole number from 1 to 1000.'],
  ])('answers %j', async (args, expected, sentence) => {
    const { code, output } = await workspace.rotate(...args);
    expect(output).toContain(sentence);
    expect(code).toBe(expected);
  });

  it('lets the other login take over, without a failed request, and shuts the first one out', async () => {
    const started = await workspace.ready();
    const before = await secret('db-credentials');
    const { code, output, last } = await workspace.rotate();
    expect(last).toMatch(/^generation 1 → 2 in \d+\.\d\d s; [\d,]+ requests, 0 failed, p99 [\d.]+ ms$/);
    expect(code).toBe(0);
    expect(output).toMatch(/ {2}1 .*runtime_a 1 [\s\S]* {2}2 .*runtime_b 1 /);
    const after = await secret('db-credentials');
    expect([before?.['username'], after?.['username']]).toEqual([
      'demo_service_runtime_a',
      'demo_service_runtime_b',
    ]);
    await expect(canLogIn('demo_service_runtime_a')).resolves.toBe(false);
    await expect(canLogIn('demo_service_runtime_b')).resolves.toBe(true);
    await expect(shell(curlsIn(started.output())[1], workspace.root)).resolves.toBe('[]');
  });

  it('goes on where it was after the next start, back and forth', async () => {
    await workspace.ready();
    const { code, last } = await workspace.rotate('--times', '3');
    expect(last).toMatch(
      /^generation 1 → 4 in 3 rotations of at most \d+\.\d\d s; [\d,]+ requests, 0 failed/,
    );
    expect(code).toBe(0);
    await expect(canLogIn('demo_service_runtime_a')).resolves.toBe(true);
  });

  it('changes the API key with an overlap, after which the old one is refused', async () => {
    const started = await workspace.ready();
    const before = await secret('api-keys');
    const { code, output, last } = await workspace.rotate('--key');
    expect(last).toMatch(/^key of external-api changed in \d+\.\d\d s; [\d,]+ requests, 0 failed/);
    expect(code).toBe(0);
    expect(output).toMatch(/the new key is good[\s\S]*took external-api\.previous away[\s\S]*is refused/);
    const after = await secret('api-keys');
    expect(Object.keys(after ?? {})).toEqual(['external-api']);
    expect(after?.['external-api']).not.toBe(before?.['external-api']);
    await expect(shell(curlsIn(started.output())[1], workspace.root)).resolves.toBe('[]');
  });

  it('fails when the service does not follow, and says so', async () => {
    await workspace.ready([], { DEMO_FAILS: 'rotate' });
    const { code, output, last } = await workspace.rotate();
    expect(output).toContain('No new generation within 8 s: generation 1 is still current; see ');
    expect(last).toMatch(/^rotation failed; [\d,]+ requests, 0 failed/);
    expect(code).toBe(1);
  });

  it('fails when a request does: a service that swaps its connection under its callers', async () => {
    await workspace.ready([], { DEMO_FAILS: 'swap' });
    const { code, last } = await workspace.rotate('--times', '5');
    expect(last).toMatch(/^generation 1 → 6 .* [1-9][\d,]* failed \(500 × \d+\)/);
    expect(code).toBe(1);
  });

  it("refuses a database of the user's own, with the way to do it there", async () => {
    const own = await createTestDatabase('demo-service');
    const names = ['HOST', 'PORT', 'NAME', 'CA_FILE'].map((name) => `DATABASE_${name}`);
    const env = [...names, 'SECRETS_DIRECTORY'].map((name) => [name, own.environment[name] ?? '']);
    await workspace.ready([], Object.fromEntries(env));
    const { code, last } = await workspace.rotate();
    expect(last).toContain('uses a database of your own: give its other login a new password there');
    expect(code).toBe(1);
    await workspace.stopAll();
    await own.drop();
  });

  describe.skipIf(missing)(`with Vault${missing ? ` (${missing})` : ''}`, () => {
    it('revokes all leases, without a failed request', async () => {
      await workspace.ready(['--vault']);
      const { code, output, last } = await workspace.rotate('--times', '2');
      expect(output).toContain('revoked every lease of database/creds/demo_service_runtime');
      expect(last).toMatch(
        /^generation 1 → 3 in 2 rotations of at most \d+\.\d\d s; [\d,]+ requests, 0 failed/,
      );
      expect(code).toBe(0);
    });

    it('fails when a request does: a service that does not begin again', async () => {
      await workspace.ready(['--vault'], { DEMO_FAILS: 'replay' });
      const { code, last } = await workspace.rotate();
      expect(last).toMatch(/^rotation failed; .* [1-9][\d,]* failed \(500 × \d+\)/);
      expect(code).toBe(1);
    });

    it('changes the API key there, and in the file that the user reads', async () => {
      const started = await workspace.ready(['--vault']);
      const { code, last } = await workspace.rotate('--key');
      expect(last).toMatch(/^key of external-api changed in .* 0 failed/);
      expect(code).toBe(0);
      await expect(shell(curlsIn(started.output())[1], workspace.root)).resolves.toBe('[]');
    });
  });
});
