import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { statement } from '@secure-backend/chassis/database';
import { Client } from 'pg';
import { prepareDatabase } from './open.test.database.ts';

/** `AuthenticationCleartextPassword`, in the wire protocol of Postgres. */
const askForCleartext = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);

describe('the connection to Postgres', () => {
  let surroundings: TestDatabase;
  beforeAll(async () => {
    surroundings = await createTestDatabase('chassis-test');
  });
  afterAll(() => surroundings.drop());
  afterEach(() => {
    delete process.env['PGUSER'];
    delete process.env['PGOPTIONS'];
  });

  async function codeOf(variables: Record<string, string>): Promise<string> {
    const { database } = await prepareDatabase(variables, surroundings);
    try {
      await database.open();
      return 'open';
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      await database.close();
    }
  }

  it('opens over verified TLS', async () => {
    await expect(codeOf({})).resolves.toBe('open');
  });

  it('refuses a server whose certificate another CA signed', async () => {
    const stranger = join(surroundings.secretsDirectory, 'stranger.crt');
    const { rootCertificates } = await import('node:tls');
    await writeFile(stranger, rootCertificates[0] ?? '');

    await expect(codeOf({ DATABASE_CA_FILE: stranger })).resolves.toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
  });

  it('refuses a server whose certificate has another name', async () => {
    // Reaches loopback, under a name that no certificate has.
    await expect(codeOf({ DATABASE_HOST: '0.0.0.0' })).resolves.toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('says so when the CA file is missing', async () => {
    await expect(codeOf({ DATABASE_CA_FILE: '/nowhere/ca.crt' })).resolves.toBe(
      'DATABASE_CA_FILE unreadable',
    );
  });

  it('gives up on a server that never answers', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;

    const outcome = await codeOf({ DATABASE_PORT: String(port), DATABASE_CONNECT_TIMEOUT_MS: '200' });
    silent.close();
    expect(outcome).not.toBe('open');
  });

  it('ignores PG* variables', async () => {
    process.env['PGUSER'] = 'somebody';
    process.env['PGOPTIONS'] = '-c search_path=elsewhere';

    const { database } = await prepareDatabase({}, surroundings);
    await database.open();
    const setting = statement<{ search_path: string }>('show search_path');
    await expect(database.query(setting)).resolves.toEqual([{ search_path: '"$user", public' }]);
    await database.close();
  });

  it('proves its password by SCRAM only, where the driver would hand it over in clear', async () => {
    const received: string[] = [];
    const server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.on('data', (bytes) => received.push(bytes.toString('latin1')));
        socket.write(askForCleartext);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { DATABASE_CA_FILE: _, ...plain } = surroundings.environment;
    const withoutTls = {
      ...surroundings,
      environment: { ...plain, DATABASE_HOST: '127.0.0.1' } as Record<string, string>,
    };

    const { database, credentials } = await prepareDatabase({ DATABASE_PORT: String(port) }, withoutTls);
    await expect(database.open()).rejects.toMatchObject({ code: 'ERR_SCRAM_REQUIRED' });
    await database.close();
    expect(received.join('')).not.toContain(credentials.current.value.password);

    const careless = new Client({
      host: '127.0.0.1',
      port,
      user: 'u',
      password: 'in-the-clear',
      database: 'd',
    });
    careless.on('error', () => undefined);
    void careless.connect().catch(() => undefined);
    await expect.poll(() => received.join('')).toContain('in-the-clear');
    await careless.end();
    server.close();
  });
});
