import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/index.ts';

const json = 'application/json';
/** RFC 7396: a change, so it is no body of any method but PATCH. */
const mergePatch = 'application/merge-patch+json';

/** What a body of this method may be. Either is UTF-8 whatever a charset parameter says, RFC 8259. */
export function mediaTypesOf(method: string): string[] {
  return method === 'PATCH' ? [json, mergePatch] : [json];
}

/**
 * Reads JSON and nothing else. Bytes that are no UTF-8 are refused (a decoder would replace them silently), and so
 * are keys that would change a prototype.
 */
export function readJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser([json, mergePatch], { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body as Buffer)) {
      done(new Problem('malformed_body'));
      return;
    }
    void parse(request, body.toString(), done);
  });
}
