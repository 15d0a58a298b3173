import { readConfiguration } from '@secure-backend/chassis/configuration';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ApiDocument,
  documentFaults,
  driveApi,
  expectProblem,
  fetchDocument,
  startTestService,
  type TestService,
} from '../../testing/index.ts';
import { liesApi } from './fixture/lies.definition.ts';
import { notesApi } from './fixture/notes.definition.ts';

const places = ['/docs', '/docs/', '/docs/swagger-ui-init.js', '/docs/swagger-ui.css', '/openapi.json'];

describe('the documentation', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(notesApi);
  });
  afterAll(() => service.stop());

  it('needs no key', async () => {
    for (const place of places) {
      await request(service.url).get(place).expect(200);
    }
    expectProblem(await request(service.url).get('/docs/unknown'), 'not_found');
    for (const file of ['package.json', 'package%2Ejson', 'LICENSE', 'README.md', 'docs/package.json']) {
      expectProblem(await request(service.url).get(`/docs/${file}`), 'not_found');
    }
    expectProblem(await request(service.url).get('/v1/notes'), 'unauthenticated');
  });

  it('is a page that its own policy lets run', async () => {
    const { text, headers } = await request(service.url)
      .get('/docs')
      .expect(200)
      .expect('content-type', /html/);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    // The policy blocks scripts in the page, handlers in attributes and everything from elsewhere.
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(text).not.toMatch(/\son\w+\s*=/);
    const loaded = [...text.matchAll(/(?:src|href)="([^"#]+)"/g)].map(
      ([, url]) => new URL(url ?? '', `${service.url}/docs`),
    );
    expect(loaded.length).toBeGreaterThan(4);
    for (const { origin, pathname } of loaded) {
      expect(origin).toBe(service.url);
      await request(service.url).get(pathname).expect(200);
    }
  });

  it('is valid OpenAPI', async () => {
    expect(await documentFaults(await fetchDocument(service))).toEqual([]);
  });

  it.each<[string, (document: ApiDocument) => void]>([
    ['an unknown version', (document) => (document.openapi = '3.0.3')],
    [
      'an operation without answers',
      (document) => Reflect.deleteProperty(document.paths['/v1/notes']!['post']!, 'responses'),
    ],
    [
      'a nameless operation',
      (document) => Reflect.deleteProperty(document.paths['/v1/notes']!['post']!, 'operationId'),
    ],
    [
      'a problem without a body',
      (document) => (document.paths['/v1/notes']!['post']!.responses = { 400: {} }),
    ],
    [
      'examples that don’t match',
      (document) => (document.components.schemas['Problem'] = { type: 'string' }),
    ],
  ])('would not pass with %s', async (_, spoil) => {
    const document = await fetchDocument(service);
    spoil(document);
    await expect(documentFaults(document).catch((error: unknown) => [error])).resolves.not.toEqual([]);
  });
});

describe('documentation that lies', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(liesApi);
  });
  afterAll(() => service.stop());

  it('is caught, with the seed that leads to the lie', async () => {
    await expect(driveApi(service, 200)).rejects.toThrow(/seed: .*202 is not documented/s);
  });
});

describe('documentation that is turned off', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(notesApi, { environment: { API_DOCS: 'off' } });
  });
  afterAll(() => service.stop());

  it('is not there, with or without a key', async () => {
    for (const place of places) {
      expectProblem(await request(service.url).get(place), 'unauthenticated');
      expectProblem(await request(service.url).get(place).set('x-api-key', service.apiKey), 'not_found');
    }
  });

  it('is the default', () => {
    expect(readConfiguration(notesApi.configuration, service.database.environment).API_DOCS).toBe('off');
  });
});
