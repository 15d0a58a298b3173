import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem, startTestService, type TestService } from '../../testing/index.ts';
import { notesApi } from './fixture/notes.definition.ts';
import { exchange } from './wire/raw.connection.ts';
import { json, keyOf, type RawRequest, rawRequest } from './wire/raw.request.ts';

const note = '{"text":"a"}';
const limit = 65_536;
const deep = (open: string, close: string) => `${open.repeat(10_000)}1${close.repeat(10_000)}`;
const chunked = (...chunks: string[]) =>
  [...chunks, ''].map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
const noteOf = (bytes: number) => `{"text":"a"${' '.repeat(bytes - note.length)}}`;

describe('a body', () => {
  let service: TestService;
  const send = ({ headers = [], ...rest }: RawRequest) =>
    exchange(service.url, rawRequest({ headers: [keyOf(service), ...headers], ...rest }));
  const post = (body: string | Buffer, ...headers: string[]) => send({ method: 'POST', headers, body });

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
  ])('of %s is read', async (type) => {
    expect(await post(note, `content-type: ${type}`)).toMatchObject({ status: 201 });
  });

  it('of a merge patch is a change, and so nothing to POST', async () => {
    const type = 'content-type: application/merge-patch+json';
    const posted = await post(note, type);
    expectProblem(posted, 'unsupported_media_type');
    expect(posted.headers).not.toHaveProperty('accept-patch');
    const created = await post(note, json);
    const patch = (...headers: string[]) =>
      send({
        method: 'PATCH',
        target: String(created.headers['location']),
        headers: [...headers, 'if-match: *'],
        body: note,
      });
    expect(await patch(type)).toMatchObject({ status: 200 });
    expect(await patch(json)).toMatchObject({ status: 200 });
    const refused = await patch('content-type: text/plain');
    expectProblem(refused, 'unsupported_media_type');
    expect(refused.headers['accept-patch']).toEqual(['application/json, application/merge-patch+json']);
  });

  it.each([
    ['too large', 'body_too_large', [json, `content-length: ${limit + 1}`]],
    ['of a wrong type', 'unsupported_media_type', ['content-type: text/plain', 'content-length: 5']],
  ] as const)('that is %s is not invited', async (_, code, headers) => {
    const answer = await post('', ...headers, 'expect: 100-continue');
    expectProblem(answer, code);
  });

  it('that its sender may send is invited', async () => {
    expect(await post('', json, 'content-length: 5', 'expect: 100-continue')).toMatchObject({ status: 100 });
  });

  it('may be as large as the limit and no larger', async () => {
    expect(await post(noteOf(limit), json)).toMatchObject({ status: 201 });
    expectProblem(await post(noteOf(limit + 1), json), 'body_too_large');
    expectProblem(await post('', json, `content-length: ${limit + 1}`), 'body_too_large');
  });

  it('that is refused is counted by its code', async () => {
    await post('{', json);
    const { text } = await request(service.managementUrl).get('/metrics');
    for (const code of ['body_too_large', 'malformed_body', 'unsupported_media_type']) {
      expect(text).toMatch(new RegExp(`refus\\w*\\{[^}]*code="${code}"`));
    }
  });

  it('in chunks may be as large as the limit and no larger', async () => {
    const half = ' '.repeat(limit / 2);
    const framing = [json, 'transfer-encoding: chunked'];
    expect(await post(chunked(note, half), ...framing)).toMatchObject({ status: 201 });
    expectProblem(await post(chunked(note, half, half), ...framing), 'body_too_large');
  });
});
