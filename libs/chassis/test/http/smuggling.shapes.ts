import type { RawRequest } from './wire/raw.request.ts';

const note = '{"text":"a"}';
const chunked = 'transfer-encoding: chunked';
const length = `content-length: ${note.length}`;

function inChunks(body: string, size = body.length.toString(16), lineBreak = '\r\n'): string {
  return [size, body, '0', '', ''].join(lineBreak);
}

/** A body in chunks under some framing headers. */
const chunks = (...headers: string[]): RawRequest => ({ headers, body: inChunks(note) });
/** A body of known length under some framing headers. */
const plain = (...headers: string[]): RawRequest => ({ headers, body: note });

/**
 * Ways to say where a request ends that two readers may understand differently (RFC 9112 sections 2.2, 3.2, 5.1, 5.2, 6
 * and 7.1). Each is followed by a second request, which is the one to be smuggled.
 */
export const ambiguousRequests: Readonly<Record<string, RawRequest>> = {
  'a length and chunks': {
    headers: [`content-length: ${inChunks(note).length}`, chunked],
    body: inChunks(note),
  },
  'chunks and a length': { headers: [chunked, 'content-length: 3'], body: inChunks(note) },
  'two lengths': plain(length, 'content-length: 0'),
  'the same length twice': plain(length, length),
  'a list of lengths': plain(`${length}, ${note.length}`),
  'a length with a sign': plain(`content-length: +${note.length}`),
  'a negative length': plain('content-length: -1'),
  'a hexadecimal length': plain('content-length: 0xc'),
  'a length with a space': plain('content-length: 1 2'),
  'an empty length': plain('content-length:'),
  'a length past all integers': plain('content-length: 99999999999999999999'),
  'a space before the colon of a length': plain(`content-length : ${note.length}`),
  'a space before the colon of a coding': chunks('transfer-encoding : chunked'),
  'chunked twice in two headers': chunks(chunked, chunked),
  'chunked twice in a list': chunks(`${chunked}, chunked`),
  'a coding after chunked': chunks(`${chunked}, identity`),
  'a coding before chunked': chunks('transfer-encoding: gzip, chunked'),
  'an unknown coding': chunks('transfer-encoding: xchunked'),
  'a coding in quotes': chunks('transfer-encoding: "chunked"'),
  'a coding behind a control character': chunks('transfer-encoding: \x0bchunked'),
  'the identity coding': plain('transfer-encoding: identity'),
  'chunks in HTTP/1.0': { ...chunks(chunked), version: '1.0' },
  'chunks in HTTP/1.0 on a kept connection': { ...chunks('connection: keep-alive', chunked), version: '1.0' },
  'a chunk size that is no number': { headers: [chunked], body: inChunks(note, 'zz') },
  'a negative chunk size': { headers: [chunked], body: inChunks(note, '-1') },
  'a chunk size with 0x': { headers: [chunked], body: inChunks(note, '0xc') },
  'a chunk size past all integers': { headers: [chunked], body: inChunks(note, 'f'.repeat(18)) },
  'a chunk size with a space': { headers: [chunked], body: inChunks(note, 'c ') },
  'a chunk longer than it says': { headers: [chunked], body: inChunks(note, '4') },
  'chunks with bare line feeds': { headers: [chunked], body: inChunks(note, 'c', '\n') },
  'a line feed in a chunk extension': { headers: [chunked], body: inChunks(note, 'c;a\nb') },
  'a folded header': plain('x-folded: a\r\n b', length),
  'a folded coding': chunks('transfer-encoding:\r\n chunked'),
  'a bare line feed in a header': plain('x-a: a\nx-b: b', length),
  'a bare carriage return in a header': plain('x-a: a\rx-b: b', length),
  'NUL in a header': plain('x-a: a\0b', length),
  'a header without a colon': plain('garbage', length),
  'a header without a name': plain(': x', length),
  'a space before the first header': plain(' x-a: y', length),
  'two hosts': plain('host: a', 'host: b', length),
};
