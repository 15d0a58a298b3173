import { readFile } from 'node:fs/promises';
import {
  applyMigrations,
  freePort,
  type ServiceProcess,
  startServiceProcess,
} from '@secure-backend/chassis/testing';
import { writeMountedSecret } from '@secure-backend/local-stack';
import { asSuperuser, createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';

const username = 'canary_username_6a2f';
const password = 'canary-password-6a2f';
const apiKey = 'canary-api-key-6a2f';
const canaries = [username, password, apiKey];

describe('a planted secret', () => {
  let database: TestDatabase;
  let service: ServiceProcess;

  beforeAll(async () => {
    database = await createTestDatabase('backend-api');
    await applyMigrations(backendApi, database);
    const role = `create role ${username} login password '${password}' in role ${database.names.runtime}`;
    await superuser(role);
    await writeMountedSecret(`${database.secretsDirectory}/db-credentials`, { username, password });
    await writeMountedSecret(`${database.secretsDirectory}/api-keys`, { 'external-api': apiKey });
    service = await startServiceProcess(backendApi.root, {
      environment: {
        ...database.environment,
        API_DOCS: 'on',
        LOG_LEVEL: 'trace',
        DEBUG: '*',
        SHUTDOWN_DELAY_MS: '0',
      },
      managementPort: await freePort(),
    });
  });
  afterAll(async () => {
    service.signal('SIGKILL');
    await service.exited;
    await superuser(`drop role ${username}`);
    await database.drop();
  });

  const superuser = (sql: string) =>
    asSuperuser(database.superuser, 'postgres', (client) => client.query(sql));

  async function call(path: string, init: RequestInit = {}): Promise<string> {
    const answer = await fetch(`${service.url}${path}`, {
      ...init,
      headers: { 'x-api-key': apiKey, 'content-type': 'application/json', ...(init.headers as object) },
    });
    return JSON.stringify([...answer.headers]) + (await answer.text());
  }

  it('shows in no answer, no log line, no metric and no variable', async () => {
    const answers = [
      await call('/v1/work-items', { method: 'POST', body: '{"title":"Find the canary"}' }),
      await call('/v1/work-items', { method: 'POST', body: '{"title":' }),
      await call('/v1/work-items?limit=0'),
      await call('/v1/work-items', { headers: { 'x-api-key': `${apiKey}x` } }),
      await call('/docs'),
      await call('/openapi.json'),
      await fetch(`${service.managementUrl}/metrics`).then((answer) => answer.text()),
    ];
    const environ =
      process.platform === 'linux' ? await readFile(`/proc/${service.pid}/environ`, 'utf8') : '';
    // The role loses its rights, then its sessions, then itself: Postgres names it in each message.
    await superuser(`revoke ${database.names.runtime} from ${username}`);
    answers.push(await call('/v1/work-items'));
    await superuser(`alter role ${username} nologin`);
    await superuser(`select pg_terminate_backend(pid) from pg_stat_activity where usename = '${username}'`);
    answers.push(await call('/v1/work-items'));
    service.signal('SIGTERM');
    await service.exited;

    expect(answers.at(-2)).toContain('internal_error');
    expect(answers.at(-1)).toContain('database_unavailable');
    expect(service.output()).toContain('28000');
    for (const canary of canaries) {
      expect(answers.filter((answer) => answer.includes(canary))).toEqual([]);
      expect(service.output()).not.toContain(canary);
      expect(environ).not.toContain(canary);
    }
  });
});
