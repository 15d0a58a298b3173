import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
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
const previousApiKey = 'canary-previous-key-6a2f';
const migrator = 'canary_migrator_6a2f';
const migratorPassword = 'canary-migrator-password-6a2f';
const canaries = [username, password, apiKey, previousApiKey, migrator, migratorPassword];

describe('a planted secret', () => {
  let database: TestDatabase;
  let service: ServiceProcess;

  beforeAll(async () => {
    database = await createTestDatabase('backend-api');
    await applyMigrations(backendApi, database);
    const role = `create role ${username} login password '${password}' in role ${database.names.runtime}`;
    await superuser(role);
    await superuser(
      `create role ${migrator} login password '${migratorPassword}' in role ${database.names.runtime}`,
    );
    await writeMountedSecret(`${database.secretsDirectory}/db-credentials`, { username, password });
    await writeMountedSecret(`${database.secretsDirectory}/api-keys`, {
      'external-api': apiKey,
      'external-api.previous': previousApiKey,
    });
    await writeMountedSecret(`${database.secretsDirectory}/db-migrator-credentials`, {
      username: migrator,
      password: migratorPassword,
    });
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
    await superuser(`drop role ${username}, ${migrator}`);
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

  it('shows in nothing that a failing migration says', async () => {
    const main = fileURLToPath(new URL('dist/main.js', backendApi.root));
    const env = { ...database.environment, LOG_LEVEL: 'trace', DEBUG: '*' };
    const failed = await promisify(execFile)(process.execPath, [main, 'migrate'], { env }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );

    expect(failed.stdout).toContain('permission denied');
    expect(canaries.filter((canary) => `${failed.stdout}${failed.stderr}`.includes(canary))).toEqual([]);
  });

  it('shows in no answer, no log line, no metric and no variable', async () => {
    const answers = [
      await call('/v1/work-items', { method: 'POST', body: '{"title":"Find the canary"}' }),
      await call('/v1/work-items', { method: 'POST', body: '{"title":' }),
      await call('/v1/work-items?limit=0'),
      await call('/v1/work-items', { headers: { 'x-api-key': `${apiKey}x` } }),
      await call('/v1/work-items', { headers: { 'x-api-key': previousApiKey } }),
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
    // The first may still meet a session that has just ended; a new one is refused.
    const logAfterCall = async () => {
      answers.push(await call('/v1/work-items'));
      return service.output();
    };
    // It first waits for another credential, as long as for a connection.
    await expect.poll(logAfterCall, { timeout: 15_000 }).toContain('28000');
    service.signal('SIGTERM');
    await service.exited;

    expect(answers.join()).toContain('internal_error');
    expect(answers.at(-1)).toContain('database_unavailable');
    for (const canary of canaries) {
      expect(answers.filter((answer) => answer.includes(canary))).toEqual([]);
      expect(service.output()).not.toContain(canary);
      expect(environ).not.toContain(canary);
    }
  });
});
