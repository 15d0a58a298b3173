import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { curlsIn, shell, stillRunning } from '../../test-fixtures/demo.start.ts';
import { DemoWorkspace } from '../../test-fixtures/demo.workspace.ts';
import { vaultMissing } from '../vault/index.ts';

const missing = vaultMissing();

const address = (output: string) => /Vault +(http:\S+)/.exec(output)?.[1] ?? '';
const isUp = (url: string) =>
  fetch(`${url}/v1/sys/health`).then(
    () => true,
    () => false,
  );

describe('npm start -- --vault', () => {
  let workspace: DemoWorkspace;
  const read = (path: string) => readFile(join(workspace.stateOf(), path), 'utf8');

  beforeAll(async () => {
    workspace = await DemoWorkspace.open();
  });
  afterEach(() => workspace.stopAll());
  afterAll(() => workspace.remove());

  it('says what is missing and how to get it', async () => {
    const output = await workspace.refusal(['--vault'], { PATH: '/nowhere' });
    expect(output).toContain('--vault needs OpenBao or Vault: neither bao nor vault is on the PATH: install');
    expect(output).not.toContain('Build');
  });

  it("refuses a database of the user's own, with the reason", async () => {
    const own = { DATABASE_HOST: 'db', SECRETS_DIRECTORY: '/secrets' };
    const output = await workspace.refusal(['--vault'], own);
    expect(output).toContain('--vault would need its superuser');
  });

  describe.skipIf(missing)(`with a server${missing ? ` (${missing})` : ''}`, () => {
    it('serves with credentials that Vault has issued, and prints requests that work', async () => {
      const started = await workspace.ready(['--vault']);
      const output = started.output();
      expect(output).toMatch(/✓ Start Postgres[\s\S]*✓ Start Vault[\s\S]*✓ Configure Vault[\s\S]*✓ Run/);
      const [create, list] = curlsIn(output);
      await expect(shell(create, workspace.root)).resolves.toBe('{"text":"A first text"}');
      await expect(shell(list, workspace.root)).resolves.toContain('"text":"A first text"');
      const log = await read('service.log');
      expect(log).toContain(`"VAULT_ADDRESS":"${address(output)}"`);
      expect(log).toContain('"VAULT_DATABASE_PATH":"database/creds/demo_service_runtime"');
    });

    it('says where Vault is and keeps its root token for the user alone', async () => {
      const started = await workspace.ready(['--vault']);
      expect(started.output()).toContain('(root token in .local/demo-service/vault/root-token)');
      const { mode } = await stat(join(workspace.stateOf(), 'vault', 'root-token'));
      expect(mode & 0o777).toBe(0o600);
      const headers = { 'x-vault-token': await read('vault/root-token') };
      const mounts = await fetch(`${address(started.output())}/v1/sys/mounts`, { headers });
      expect(mounts.status).toBe(200);
      expect(await read('service.log')).not.toContain(headers['x-vault-token']);
    });

    it('gives the service nothing that is about another Vault', async () => {
      const stray = { VAULT_NAMESPACE: 'elsewhere', VAULT_ADDRESS: 'http://elsewhere', VAULT_TOKEN: 'stray' };
      await workspace.ready(['--vault'], stray);
      expect(await read('service.log')).not.toMatch(/elsewhere|stray/);
    });

    it('leaves nothing running after ctrl-C, and begins anew with the same data', async () => {
      const first = await workspace.ready(['--vault']);
      const pids = await workspace.pids();
      await shell(curlsIn(first.output())[0], workspace.root);
      first.child.kill('SIGINT');
      await expect(first.ended()).resolves.toBe(0);
      expect(first.output()).toMatch(/✓ Stop demo-service[\s\S]*✓ Stop Vault[\s\S]*✓ Stop Postgres/);
      expect(await stillRunning(pids)).toEqual([]);
      await expect(isUp(address(first.output()))).resolves.toBe(false);
      const second = await workspace.ready(['--vault']);
      await expect(shell(curlsIn(second.output())[1], workspace.root)).resolves.toContain('A first text');
    });

    it('takes Vault down with it when it is killed, and the next start begins anew', async () => {
      const killed = await workspace.ready(['--vault']);
      killed.child.kill('SIGKILL');
      await killed.ended();
      await expect.poll(() => isUp(address(killed.output())), { timeout: 15_000 }).toBe(false);
      const next = await workspace.ready(['--vault']);
      await expect(shell(curlsIn(next.output())[1], workspace.root)).resolves.toContain('[');
    });

    it('ends when Vault ends', async () => {
      const started = await workspace.ready(['--vault']);
      const { host } = new URL(address(started.output()));
      const list = await shell('ps -ww -e -o pid= -o args=', workspace.root);
      const server = list.split('\n').filter((line) => line.endsWith(`-dev-listen-address=${host}`));
      // The keeper and the server itself, whose line begins with its own name.
      const pid = server
        .find((line) => !line.includes('program.keeper'))
        ?.trim()
        .split(' ')[0];
      process.kill(Number(pid), 'SIGKILL');
      await expect(started.ended()).resolves.toBe(1);
      expect(started.output()).toMatch(/Vault ended; see .*vault\.log/);
      expect(started.output()).toContain('✓ Stop Postgres');
    });

    it('goes back to mounted files when it is started without', async () => {
      await workspace.ready([], { VAULT_NAMESPACE: 'of-the-command-line' });
      expect(await read('service.log')).not.toContain('VAULT');
    });
  });
});
