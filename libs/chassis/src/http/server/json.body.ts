import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../problems/index.ts';

/** RFC 8259 and RFC 7396; both are UTF-8 whatever a charset parameter says. */
const mediaTypes = ['application/json', 'application/merge-patch+json'];

/**
 * Accepts JSON and nothing else. Bytes that are no UTF-8 are refused (a decoder would replace them silently), and so
 * are keys that would change a prototype.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(mediaTypes, { parseAs: 'buffer' }, (request, body, done) => {
    const coding = request.headers['content-encoding'];
    if (coding !== undefined && coding.toLowerCase() !== 'identity') {
      const detail = 'send the body without a content coding';
      done(new Problem('unsupported_media_type', { detail, headers: { 'accept-encoding': 'identity' } }));
      return;
    }
    if (!isUtf8(body as Buffer)) {
      done(new Problem('malformed_body'));
      return;
    }
    void parse(request, body.toString(), done);
  });
}
