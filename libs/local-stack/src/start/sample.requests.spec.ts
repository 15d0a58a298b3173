import { describe, expect, it } from 'vitest';
import { sampleRequestsOf } from './sample.requests.ts';
import type { Schema } from './sample.value.ts';

const documentWith = (schema: Schema) => ({
  paths: {
    '/v1/things/{id}': { get: {}, post: {} },
    '/v1/reports': { get: {} },
    '/v1/things': { get: {}, post: { requestBody: { content: { 'application/json': { schema } } } } },
  },
  components: {
    schemas: { Thing: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
  },
});
const bodyOf = (schema: Schema): unknown => JSON.parse(sampleRequestsOf(documentWith(schema))?.body ?? '');

describe('sample requests', () => {
  it('are for the first collection that can be listed and added to', () => {
    expect(sampleRequestsOf(documentWith({}))?.path).toBe('/v1/things');
    expect(sampleRequestsOf({ paths: { '/v1/reports': { get: {} } } })).toBeUndefined();
  });

  it('follow references', () => {
    expect(bodyOf({ $ref: '#/components/schemas/Thing' })).toEqual({ name: 'A first name' });
  });

  it('have what is required and nothing else', () => {
    const properties: Record<string, Schema> = {
      title: { type: 'string', allOf: [{ type: 'null' }] },
      due: { type: ['string', 'null'], format: 'date-time' },
      count: { type: 'integer', minimum: 3 },
      done: { type: 'boolean' },
      tags: { type: 'array' },
      state: { enum: ['open', 'done'] },
      owner: { anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }] },
      extra: { type: 'string' },
    };
    const required = ['title', 'due', 'count', 'done', 'tags', 'state', 'owner'];
    expect(bodyOf({ type: 'object', required, properties })).toEqual({
      title: 'A first title',
      due: '2030-01-31T12:00:00Z',
      count: 3,
      done: true,
      tags: [],
      state: 'open',
      owner: 'someone@example.com',
    });
  });

  it('prefer the example that the schema gives', () => {
    expect(bodyOf({ type: 'object', examples: [{ name: 'given' }] })).toEqual({ name: 'given' });
  });
});
