import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestService, type TestService } from '../../testing/index.ts';
import { notesApi } from './fixture/notes.definition.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

describe('the id of a request', () => {
  let service: TestService;
  const idFor = async (headers: Record<string, string>) => {
    const answer = await request(service.url).get('/v1/notes').set(headers);
    expect(answer.body.requestId).toBe(answer.headers['x-request-id']);
    return answer.headers['x-request-id'];
  };

  beforeAll(async () => {
    service = await startTestService(notesApi);
  });
  afterAll(() => service.stop());

  it.each([
    ['of today', `00-${trace}-${parent}-01`],
    ['not sampled', `00-${trace}-${parent}-00`],
    ['of a later version', `01-${trace}-${parent}-01`],
    ['of a later version with more fields', `cc-${trace}-${parent}-01-what-the-future-will-be-like`],
  ])('is the trace id of a traceparent %s', async (_, traceparent) => {
    expect(await idFor({ traceparent })).toBe(trace);
  });

  it.each([
    ['without a trace', `00-${'0'.repeat(32)}-${parent}-01`],
    ['without a parent', `00-${trace}-${'0'.repeat(16)}-01`],
    ['of the forbidden version', `ff-${trace}-${parent}-01`],
    ['of today with more fields', `00-${trace}-${parent}-01-more`],
    ['in upper case', `00-${trace.toUpperCase()}-${parent}-01`],
    ['with a short trace', `00-${trace.slice(1)}-${parent}-01`],
    ['with a short parent', `00-${trace}-${parent.slice(1)}-01`],
    ['without flags', `00-${trace}-${parent}`],
    ['with other characters', `00-${trace.replace('4', 'g')}-${parent}-01`],
    ['that is empty', ''],
    ['that is markup', `<script>${trace}</script>`],
    ['that was sent twice', `00-${trace}-${parent}-01, 00-${trace}-${parent}-01`],
  ])('is new for a traceparent %s', async (_, traceparent) => {
    const id = await idFor({ traceparent });
    expect(id).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
    expect(id).not.toBe(trace);
  });

  it('is nobody else’s choice', async () => {
    const ids = [await idFor({ 'x-request-id': 'mine' }), await idFor({ 'x-request-id': 'mine' })];
    expect(new Set([...ids, 'mine']).size).toBe(3);
  });

  it('is in the log', async () => {
    const id = await idFor({});
    expect(service.log()).toContain(`"trace_id":"${id}"`);
  });
});
