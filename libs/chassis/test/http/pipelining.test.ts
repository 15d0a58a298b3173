import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { heldRequests } from './fixture/held.requests.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { RawConnection } from './wire/raw.connection.ts';
import { json, keyOf, rawRequest } from './wire/raw.request.ts';

const held = (count: number) => vi.waitFor(() => expect(heldRequests.count).toBe(count), 5_000);

describe('pipelined requests', () => {
  let service: TestService;
  let connection: RawConnection;
  const get = (target: string) => rawRequest({ target, headers: [keyOf(service)] });
  const post = (text: string) =>
    rawRequest({ method: 'POST', headers: [keyOf(service), json], body: JSON.stringify({ text }) });
  const inFlight = async () => {
    const metrics = await (await fetch(`${service.managementUrl}/metrics`)).text();
    return Number(/^http_server_active_requests (\d+)$/m.exec(metrics)?.[1]);
  };

  beforeAll(async () => {
    service = await startTestService(notesApi);
  });
  beforeEach(async () => {
    connection = await RawConnection.open(service.url);
  });
  afterAll(() => service.stop());

  it('are answered in their order, even when a later one is ready first', async () => {
    connection.write(Buffer.concat([get('/v1/faults/held'), post('second'), get('/v1/unknown')]));
    await held(1);
    expect(connection.responses).toEqual([]);
    heldRequests.releaseAll();
    const [first, second, third] = await connection.received(3);
    expect(first).toMatchObject({ status: 200, body: 'released' });
    expect(second).toMatchObject({ status: 201, body: expect.stringContaining('"second"') });
    expectProblem(third!, 'not_found');
    connection.reset();
  });

  it('in great number are all answered', async () => {
    const requests = Array.from({ length: 200 }, (_, n) => post(`number ${n}`));
    connection.write(Buffer.concat(requests));
    const answers = await connection.received(requests.length);
    expect(answers.map(({ body }) => JSON.parse(body).text)).toEqual(requests.map((_, n) => `number ${n}`));
    connection.reset();
  });

  it('leave nothing in flight when their caller leaves', async () => {
    connection.write(Buffer.concat([1, 2, 3, 4].map(() => get('/v1/faults/held'))));
    await held(4);
    expect(await inFlight()).toBe(4);
    connection.reset();
    await vi.waitFor(async () => expect(await inFlight()).toBe(0), 5_000);
    heldRequests.releaseAll();
    await vi.waitFor(async () => expect(await inFlight()).toBe(0), 5_000);
    expect(service.log().match(/"error.type":"client_disconnected"/g)).toHaveLength(4);
  });

  it('in front of broken bytes get their own answers, and the broken bytes none', async () => {
    connection.write(
      Buffer.concat([get('/v1/faults/held'), get('/v1/unknown'), Buffer.from('garbage\r\n\r\n')]),
    );
    await held(1);
    heldRequests.releaseAll();
    const answers = await connection.closed();
    expect(answers.map(({ status }) => status)).toEqual([200, 404]);
  });
});
