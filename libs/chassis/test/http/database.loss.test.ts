import { setTimeout as delay } from 'node:timers/promises';
import {
  createTestDatabase,
  openThrowawayPostgres,
  type TestDatabase,
  type ThrowawayPostgres,
} from '@secure-backend/local-stack/testing';
import request, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { notesApi } from './fixture/notes.definition.ts';

const workers = Array.from({ length: 20 }, (_, n) => n);
/** Milliseconds within which even a dead Postgres must have led to an answer. */
const bound = 5_000;

describe('a service that loses its Postgres', () => {
  let postgres: ThrowawayPostgres;
  let database: TestDatabase;
  let service: TestService;
  const read = () => request(service.url).get('/v1/notes').set('x-api-key', service.apiKey);
  const write = () =>
    request(service.url).post('/v1/notes').set('x-api-key', service.apiKey).send({ text: 'a note' });
  const recovers = () => vi.waitFor(() => read().expect(200), { timeout: 15_000, interval: 100 });
  const probes = async () => {
    const answers = ['/livez', '/readyz', '/startupz'].map(async (path) =>
      request(service.managementUrl).get(path),
    );
    return (await Promise.all(answers)).map(({ status }) => status);
  };

  beforeAll(async () => {
    postgres = await openThrowawayPostgres();
    database = await createTestDatabase('test-service', postgres.coordinates);
    service = await startTestService(notesApi, { database });
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    await postgres.remove();
  });

  it('says so at once, stays alive and ready, and goes on when it is back', async () => {
    await write().expect(201);
    await postgres.stop('fast');
    const began = performance.now();
    const answers = await Promise.all(workers.map(async (n) => (n % 2 === 0 ? read() : write())));
    expect(performance.now() - began).toBeLessThan(bound);
    for (const answer of answers) {
      expectProblem(answer, 'database_unavailable');
    }
    expect(await probes()).toEqual([200, 200, 200]);
    await postgres.start();
    await recovers();
    await write().expect(201);
  });

  it('answers everybody while it crashes and restarts under load', async () => {
    const answers: Response[] = [];
    const lostCommits: Response[] = [];
    const load = new AbortController();
    const work = async (worker: number) => {
      while (!load.signal.aborted) {
        const isRead = worker % 2 === 0;
        const answer = await (isRead ? read() : write());
        const isLostCommit = !isRead && (answer.body as { code?: string }).code === 'outcome_unknown';
        (isLostCommit ? lostCommits : answers).push(answer);
      }
    };
    const working = Promise.all(workers.map(work));
    await delay(500);
    await postgres.stop('immediate');
    expect(await probes()).toEqual([200, 200, 200]);
    await delay(500);
    await postgres.start();
    await recovers();
    await delay(500);
    load.abort();
    await working;

    const [served, refused] = [
      answers.filter(({ status }) => status === 200 || status === 201),
      answers.filter(({ status }) => status !== 200 && status !== 201),
    ];
    for (const answer of refused) {
      expectProblem(answer, 'database_unavailable');
    }
    // A write that was under way when Postgres crashed: at most one for each worker that writes.
    expect(lostCommits.length).toBeLessThanOrEqual(workers.length / 2);
    for (const answer of lostCommits) {
      expectProblem(answer, 'outcome_unknown');
    }
    expect(served.length).toBeGreaterThan(workers.length);
    expect(refused.length).toBeGreaterThan(workers.length);
    const after = await Promise.all(workers.map(async () => read()));
    expect(after.filter(({ status }) => status !== 200)).toEqual([]);
  });
});
