import type { FastifyReply } from 'fastify';
import { entityTag, type EntityTags, lists } from './entity.tags.ts';

/** The reply of the request being served, as `@Res({ passthrough: true })` injects it. */
export type Reply = FastifyReply;

interface Versioned {
  version: string;
}

/** Answers with a resource and its ETag, or 304 without a body where the caller already has this version. */
export function sendVersion<Resource extends Versioned>(
  reply: Reply,
  resource: Resource,
  ifNoneMatch?: EntityTags,
): Resource | undefined {
  reply.header('etag', entityTag(resource.version));
  if (ifNoneMatch !== undefined && lists(ifNoneMatch, resource.version)) {
    reply.code(304);
    return undefined;
  }
  return resource;
}

/** Answers 201 with the new resource, its ETag and its location below `path`. */
export function sendCreated<Resource extends Versioned & { id: string }>(
  reply: Reply,
  path: string,
  resource: Resource,
): Resource {
  reply.code(201).header('etag', entityTag(resource.version)).header('location', `${path}/${resource.id}`);
  return resource;
}
