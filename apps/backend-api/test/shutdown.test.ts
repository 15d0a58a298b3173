import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import {
  applyMigrations,
  freePort,
  type ServiceProcess,
  startServiceProcess,
} from '@secure-backend/chassis/testing';
import { createTestDatabase, type TestDatabase } from '@secure-backend/local-stack/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backendApi } from '../src/service.ts';
import { activeRequests, isReady } from './probed.service.ts';

const callers = 250;
/** So many callers at once are no reason to refuse one, however slow the machine is. */
const patient = {
  DATABASE_CONNECT_TIMEOUT_MS: '30000',
  DATABASE_STATEMENT_TIMEOUT_MS: '30000',
  HTTP_MAX_EVENT_LOOP_DELAY_MS: '30000',
};
const body = JSON.stringify({ title: 'Survive the shutdown' });

describe('shutdown', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  const agent = new Agent({ keepAlive: true, maxSockets: callers });

  beforeEach(async () => {
    database = await createTestDatabase('backend-api');
    await applyMigrations(backendApi, database);
  });
  afterEach(async () => {
    agent.destroy();
    service.signal('SIGKILL');
    await service.exited;
    await database.drop();
  });

  async function start(variables: Record<string, string>) {
    const environment = { ...database.environment, ...patient, ...variables };
    service = await startServiceProcess(backendApi.root, { environment, managementPort: await freePort() });
  }

  function post(): ClientRequest {
    return request(`${service.url}/v1/work-items`, {
      agent,
      method: 'POST',
      headers: {
        'x-api-key': database.apiKey,
        'content-type': 'application/json',
        'content-length': body.length,
      },
    });
  }

  const active = () => activeRequests(service.managementUrl);

  /** Lets {@link callers} callers call until readiness falls; a signal comes while all of them wait for an answer. */
  async function outcomesUnder(signal: NodeJS.Signals): Promise<unknown[]> {
    const outcomes: unknown[] = [];
    const readiness = { isOn: true };
    const keepCalling = async () => {
      while (readiness.isOn) {
        const sent = post();
        sent.end(body);
        outcomes.push(await statusOf(sent).catch((error: Error) => error));
      }
    };
    const running = Array.from({ length: callers }, keepCalling);
    while (outcomes.length < callers) {
      await delay(20);
    }
    service.signal(signal);
    while (readiness.isOn) {
      readiness.isOn = await isReady(service.managementUrl);
      await delay(50);
    }
    await Promise.all(running);
    return outcomes;
  }

  it('fails no request of callers that keep calling until readiness falls', async () => {
    await start({ SHUTDOWN_DELAY_MS: '1500' });
    const outcomes = await outcomesUnder('SIGTERM');

    expect(outcomes.length).toBeGreaterThan(callers * 2);
    expect(new Set(outcomes)).toEqual(new Set([201]));
    expect(await service.exited).toBe(0);
  });

  it('fails requests when it is killed instead, so the count above can fail', async () => {
    await start({});
    const outcomes = await outcomesUnder('SIGKILL');

    const failed = outcomes.filter((outcome) => outcome instanceof Error);
    expect(failed.length).toBeGreaterThanOrEqual(200);
  });

  it('finishes requests whose bodies are still on their way, and refuses new connections', async () => {
    await start({ SHUTDOWN_DELAY_MS: '0' });
    const inFlight = Array.from({ length: callers }, post);
    for (const sent of inFlight) {
      sent.write(body.slice(0, 5));
    }
    const statuses = inFlight.map(statusOf);
    await expect.poll(active, { timeout: 20_000 }).toBe(callers);
    service.signal('SIGTERM');
    await delay(300);

    await expect(fetch(service.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    for (const sent of inFlight) {
      sent.end(body.slice(5));
    }
    expect(new Set(await Promise.all(statuses))).toEqual(new Set([201]));
    expect(await service.exited).toBe(0);
  });

  it('ends at a second signal, with a failure', async () => {
    await start({ SHUTDOWN_DELAY_MS: '10000' });
    service.signal('SIGTERM');
    await delay(200);
    service.signal('SIGTERM');

    expect(await service.exited).toBe(1);
  });

  it('ends at its deadline when a request never finishes, with a failure', async () => {
    await start({ SHUTDOWN_DELAY_MS: '0', SHUTDOWN_TIMEOUT_MS: '1000' });
    const stuck = post();
    stuck.on('error', () => undefined).write(body.slice(0, 5));
    await expect.poll(active).toBe(1);
    service.signal('SIGTERM');

    expect(await service.exited).toBe(1);
  });
});

async function statusOf(sent: ClientRequest): Promise<number> {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode ?? 0;
}
