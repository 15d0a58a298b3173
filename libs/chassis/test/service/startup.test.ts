import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { readConfiguration } from '@secure-backend/chassis/configuration';
import { type RunningService, serve } from '@secure-backend/chassis/service';
import { createLogger } from '@secure-backend/chassis/telemetry';
import { applyMigrations, freePort } from '@secure-backend/chassis/testing';
import {
  createTestDatabase,
  openThrowawayPostgres,
  type ThrowawayPostgres,
} from '@secure-backend/local-stack/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { notesApi } from '../http/fixture/notes.definition.ts';

describe('start-up', () => {
  let postgres: ThrowawayPostgres;
  let running: RunningService | undefined;
  beforeAll(async () => {
    postgres = await openThrowawayPostgres();
  });
  afterAll(() => postgres.remove());
  afterEach(() => running?.stop());

  async function prepare(variables: Record<string, string> = {}) {
    const database = await createTestDatabase('startup-test', postgres.coordinates);
    await applyMigrations(notesApi, database);
    const lines: string[] = [];
    const logger = createLogger(
      { service: 'startup-test', version: '0.0.0', level: 'trace' },
      { write: (line: string) => void lines.push(line) },
    );
    const managementPort = await freePort();
    const environment = {
      ...database.environment,
      SHUTDOWN_DELAY_MS: '0',
      MANAGEMENT_PORT: String(managementPort),
      ...variables,
    };
    const configuration = readConfiguration(notesApi.configuration, environment);
    const abort = new AbortController();
    const probe = (name: string) =>
      fetch(`http://127.0.0.1:${managementPort}/${name}`).then(
        ({ status }) => status,
        () => 'refused',
      );
    const start = () => serve(notesApi, { configuration, logger, signal: abort.signal });
    return { start, probe, abort, log: () => lines.join(''), secrets: database.secretsDirectory };
  }

  it('waits for Postgres without ending: alive, not started, not ready; then serves', async () => {
    const { start, probe, log } = await prepare({ DATABASE_CONNECT_TIMEOUT_MS: '500' });
    await postgres.stop('immediate');
    const starting = start();
    await expect.poll(log).toContain('no database generation yet');

    expect([await probe('livez'), await probe('startupz'), await probe('readyz')]).toEqual([200, 503, 503]);
    await postgres.start();
    running = await starting;
    expect([await probe('livez'), await probe('startupz'), await probe('readyz')]).toEqual([200, 200, 200]);
  });

  it('gives up waiting when it is told to stop, and leaves no port open', async () => {
    const { start, probe, abort, log } = await prepare({ DATABASE_PORT: String(await freePort()) });
    const starting = start().catch((error: Error) => error.name);
    await expect.poll(log).toContain('no database generation yet');
    abort.abort();

    await expect(starting).resolves.toBe('AbortError');
    await expect(probe('livez')).resolves.toBe('refused');
  });

  it.each(['db-credentials', 'api-keys'])(
    'ends when %s is not mounted, naming the place and the cure',
    async (name) => {
      const { start, probe, secrets } = await prepare();
      await rm(`${secrets}/${name}`, { recursive: true });

      await expect(start()).rejects.toThrow(
        `${secrets}/${name} can't be read (ENOENT); mount the secret there`,
      );
      await expect(probe('livez')).resolves.toBe('refused');
    },
  );

  it.each(['PORT', 'MANAGEMENT_PORT'])('ends when %s is taken, naming the variable', async (name) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { start } = await prepare({ [name]: String(port) });

    const message = `port ${port} is taken; stop what uses it, or set ${name} to another`;
    await expect(start()).rejects.toThrow(message);
    other.close();
  });

  it('answers on the management port with metrics, and with nothing else', async () => {
    const { start, probe, log } = await prepare();
    running = await start();
    const metrics = await fetch(`http://127.0.0.1:${running.managementPort}/metrics`);

    expect(await metrics.text()).toMatch(/^db_client_connections\{state="idle"\} 1$/m);
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect([await probe('env'), await probe('__proto__'), await probe('')]).toEqual([404, 404, 404]);
    const post = await fetch(`http://127.0.0.1:${running.managementPort}/readyz`, { method: 'POST' });
    expect(post.status).toBe(405);
    expect(log()).toContain('service is ready');
  });
});
