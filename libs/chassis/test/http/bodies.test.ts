import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { exchange } from './wire/raw.connection.ts';
import { json, keyOf, rawRequest } from './wire/raw.request.ts';

const note = '{"text":"a"}';
const limit = 65_536;
const deep = (open: string, close: string) => `${open.repeat(10_000)}1${close.repeat(10_000)}`;
const chunked = (...chunks: string[]) =>
  [...chunks, ''].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
const noteOf = (bytes: number) => `{"text":"a"${' '.repeat(bytes - note.length)}}`;

describe('a body', () => {
  let service: TestService;
  const post = (body: string | Buffer, ...headers: string[]) =>
    exchange(service.url, rawRequest({ method: 'POST', headers: [keyOf(service), ...headers], body }));

  beforeAll(async () => {
    service = await startTestService(notesApi);
  });
  afterAll(() => service.stop());

  it.each([
    ['half a document', '{"text":'],
    ['no document', ' '],
    ['bytes that are no UTF-8', Buffer.from('{"text":"\xff\xfe"}', 'latin1')],
    ['UTF-16', Buffer.from(note, 'utf16le')],
    ['a __proto__ key', '{"text":"a","__proto__":{"isAdmin":true}}'],
    ['a __proto__ key in disguise', String.raw`{"text":"a","\u005f_proto__":{"isAdmin":true}}`],
    ['a constructor.prototype key', '{"text":"a","constructor":{"prototype":{"isAdmin":true}}}'],
    ['a number that JSON does not know', '{"text":NaN}'],
  ])('with %s is malformed', async (_, body) => {
    expectProblem(await post(body, json), 'malformed_body');
  });

  it('that is announced and missing is malformed', async () => {
    expectProblem(await post('', json, 'content-length: 0'), 'malformed_body');
  });

  it.each([
    ['an unknown field', '{"text":"a","isAdmin":true}', '/isAdmin'],
    ['a constructor field', '{"text":"a","constructor":1}', '/constructor'],
    ['a wrong type', '{"text":1}', '/text'],
    ['a missing field', '{}', '/text'],
    ['null for an object', 'null', ''],
    ['an array for an object', '[]', ''],
    ['a wrong type deep inside', '{"text":"a","tags":["a",1]}', '/tags/1'],
    ['10,000 arrays in each other', deep('[', ']'), ''],
    ['10,000 objects in each other', deep('{"a":', '}'), '/a'],
    ['10,000 arrays in a field', `{"text":${deep('[', ']')}}`, '/text'],
  ])('with %s does not match the schema', async (_, body, pointer) => {
    const answer = await post(body, json);
    expectProblem(answer, 'validation_failed');
    expect(JSON.parse(answer.body).errors.map((error: { pointer: string }) => error.pointer)).toContain(
      pointer,
    );
  });

  it.each([
    ['no type', []],
    ['text', ['content-type: text/plain']],
    ['a form', ['content-type: application/x-www-form-urlencoded']],
    ['a lookalike', ['content-type: application/jsonp']],
    ['two types in one', ['content-type: application/json, text/plain']],
    ['an empty type', ['content-type:']],
    ['junk for a type', ['content-type: ;;;']],
    ['a content coding', [json, 'content-encoding: gzip']],
  ])('of %s is not supported', async (_, headers) => {
    expectProblem(await post(note, ...headers), 'unsupported_media_type');
  });

  it.each([
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    // RFC 8259 knows no charset parameter: the bytes are UTF-8 or refused, whatever it says.
    'application/json; charset=utf-16',
    'application/merge-patch+json',
  ])('of %s is read', async (type) => {
    expect(await post(note, `content-type: ${type}`)).toMatchObject({ status: 201 });
  });

  it('may be as large as the limit and no larger', async () => {
    expect(await post(noteOf(limit), json)).toMatchObject({ status: 201 });
    expectProblem(await post(noteOf(limit + 1), json), 'body_too_large');
    expectProblem(await post('', json, `content-length: ${limit + 1}`), 'body_too_large');
  });

  it('in chunks may be as large as the limit and no larger', async () => {
    const half = ' '.repeat(limit / 2);
    const framing = [json, 'transfer-encoding: chunked'];
    expect(await post(chunked(note, half), ...framing)).toMatchObject({ status: 201 });
    expectProblem(await post(chunked(note, half, half), ...framing), 'body_too_large');
  });
});
