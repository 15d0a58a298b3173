import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { plantedSecret } from './fixture/faults.controller.ts';
import { mistakesApi } from './fixture/mistakes.definition.ts';

describe('a service that makes a mistake', () => {
  let service: TestService;
  const call = () => request.agent(service.url).set('x-api-key', service.apiKey);
  const logOf = (requestId: string) =>
    service
      .log()
      .split('\n')
      .filter((line) => line.includes(requestId) && line.includes('request failed'))
      .map((line) => JSON.parse(line) as Record<string, string>);

  beforeAll(async () => {
    service = await startTestService(mistakesApi);
  });
  afterAll(() => service.stop());

  it.each([
    'BadRequestException',
    'ConflictException',
    'ForbiddenException',
    'NotFoundException',
    'UnauthorizedException',
  ])('and throws a %s fails, and its log names the cure', async (name) => {
    const answer = await call().get(`/v1/mistakes/exceptions/${name}`);
    expectProblem(answer, 'internal_error');
    const [line] = logOf(answer.body.requestId);
    expect(line?.['exception.message']).toContain(`throw a Problem instead of a ${name}`);
    expect(line?.['exception.stacktrace']).toContain('throwException');
    expect(service.log()).not.toContain(plantedSecret);
  });

  it.each([
    ['body', 'post', '/v1/mistakes/body'],
    ['query', 'get', '/v1/mistakes/query?q=1'],
    ['param', 'get', '/v1/mistakes/param/1'],
  ] as const)(
    'and takes its %s without a schema fails, and its log names the cure',
    async (type, method, path) => {
      const sent = call()[method](path);
      const answer = await (method === 'post' ? sent.send({ isAdmin: true }) : sent);
      expectProblem(answer, 'internal_error');
      const [line] = logOf(answer.body.requestId);
      expect(line?.['exception.message']).toContain(`takes its ${type} without a schema`);
    },
  );

  it('and has a route among the documentation still asks for a key there', async () => {
    expectProblem(await request(service.url).get('/docs/private'), 'unauthenticated');
    await call().get('/docs/private').expect(200, 'private');
    await request(service.url).get('/docs').expect(200);
  });
});
