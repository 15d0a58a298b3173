import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type RunningPostgres } from './postgres.launcher.ts';
import { removePostgres } from './abandoned.postgres.ts';
import { asSuperuser } from './superuser.session.ts';

describe('the embedded Postgres', () => {
  let directory: string;
  let postgres: RunningPostgres;

  const start = () => startPostgres({ directory, durability: 'off' });
  const connect = async (config: ClientConfig) => {
    const { username: user, password } = postgres.superuser;
    const ssl = { ca: await readFile(postgres.caFile, 'utf8') };
    const client = new Client({
      host: '127.0.0.1',
      port: postgres.port,
      database: 'postgres',
      user,
      password,
      ssl,
      ...config,
    });
    await client.connect();
    await client.end();
  };
  const query = async (sql: string) =>
    (await asSuperuser(postgres, 'postgres', (client) => client.query(sql))).rows;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-stack-launcher-'));
    await chmod(directory, 0o711);
    postgres = await start();
  });
  afterAll(async () => {
    await postgres.stop();
    await removePostgres(directory);
  });

  it('lets the superuser in over TLS, by both names of the machine', async () => {
    await expect(connect({ host: 'localhost' })).resolves.toBeUndefined();
    await expect(connect({ host: '127.0.0.1' })).resolves.toBeUndefined();
  });

  it('refuses a connection without TLS', async () => {
    await expect(connect({ ssl: false })).rejects.toThrow(/no pg_hba.conf entry .* no encryption/);
  });

  it('refuses a wrong password', async () => {
    await expect(connect({ password: 'wrong' })).rejects.toThrow('password authentication failed');
  });

  it('is refused by a client that does not know its authority', async () => {
    await expect(connect({ ssl: true })).rejects.toThrow(/certificate/);
  });

  it('listens on the loopback interface only, and on no socket', async () => {
    const [settings] = await query(
      "SELECT current_setting('listen_addresses') AS hosts, current_setting('unix_socket_directories') AS sockets",
    );
    expect(settings).toEqual({ hosts: '127.0.0.1,::1', sockets: '' });
  });

  it('never runs as root', async () => {
    const { uid } = await stat(join(directory, 'data', 'postmaster.pid'));
    expect(uid).not.toBe(0);
  });

  it('keeps passwords and keys from other users', async () => {
    const files = ['superuser-password', 'tls/server.key', 'postgres.log', 'data'];
    const modes = await Promise.all(
      files.map(async (file) => (await stat(join(directory, file))).mode & 0o077),
    );
    expect(modes).toEqual([0, 0, 0, 0]);
  });

  it('lets nobody but the superuser into the databases that every server has', async () => {
    const [rights] = await query(
      "SELECT has_database_privilege('public', 'postgres', 'CONNECT, TEMPORARY') AS postgres, has_database_privilege('public', 'template1', 'CONNECT') AS template",
    );
    expect(rights).toEqual({ postgres: false, template: false });
  });

  it.each(['fast', 'immediate'] as const)('keeps its data over a %s stop', async (mode) => {
    await query(`CREATE TABLE kept_${mode} ()`);
    await postgres.stop({ mode });
    await postgres.stop();
    postgres = await start();
    await expect(query(`SELECT * FROM kept_${mode}`)).resolves.toEqual([]);
  });

  it('comes back on the port it is told', async () => {
    const { port } = postgres;
    await postgres.stop();
    postgres = await startPostgres({ directory, durability: 'off', port });
    expect(postgres.port).toBe(port);
  });

  it('refuses to run twice in one directory', async () => {
    await expect(start()).rejects.toThrow('Another process runs a Postgres in');
  });

  it('says which port is taken', async () => {
    const other = await mkdtemp(join(tmpdir(), 'local-stack-launcher-'));
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const address = blocker.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(startPostgres({ directory: other, port })).rejects.toThrow(`Port ${port} is taken`);
    blocker.close();
    await rm(other, { recursive: true });
  });

  it('takes another port than the preferred one when that is taken', async () => {
    const other = await mkdtemp(join(tmpdir(), 'local-stack-launcher-'));
    const second = await startPostgres({ directory: other, durability: 'off', preferredPort: postgres.port });
    expect(second.port).not.toBe(postgres.port);
    await second.stop();
    await removePostgres(other);
  });

  it('tells why it does not start, with the end of its log', async () => {
    await postgres.stop();
    await rm(join(directory, 'data', 'global', 'pg_control'));
    await expect(start()).rejects.toThrow(/Postgres doesn't start[\s\S]*could not find the database system/);
  });
});
