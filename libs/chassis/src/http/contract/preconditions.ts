import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problems/index.ts';
import { type EntityTags, parseEntityTags, strongVersions } from './entity.tags.ts';

export interface Preconditions {
  ifMatch: EntityTags | undefined;
  ifNoneMatch: EntityTags | undefined;
}

/** Handler parameter: the request's parsed `If-Match` and `If-None-Match`. */
export const ReadPreconditions = createParamDecorator(
  (_: unknown, context: ExecutionContext): Preconditions => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    return {
      ifMatch: parse('if-match', headers['if-match']),
      ifNoneMatch: parse('if-none-match', headers['if-none-match']),
    };
  },
);

/**
 * The versions a change is meant for; null means any.
 *
 * @throws Problem precondition_required without `If-Match`: a blind write would undo somebody else's
 */
export function requireIfMatch({ ifMatch }: Preconditions): string[] | null {
  if (ifMatch === undefined) {
    const detail = 'send If-Match with the ETag of the version you have read';
    throw new Problem('precondition_required', { detail });
  }
  return strongVersions(ifMatch);
}

/**
 * Whether a PUT creates (`If-None-Match: *`) or replaces (`If-Match`).
 *
 * @throws Problem precondition_required with neither, invalid_parameter with both or with tags in `If-None-Match`
 */
export function putMode({ ifMatch, ifNoneMatch }: Preconditions): 'create' | 'replace' {
  if (ifMatch === undefined && ifNoneMatch === undefined) {
    const detail = 'send If-None-Match: * to create, or If-Match with an ETag to replace';
    throw new Problem('precondition_required', { detail });
  }
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    throw invalid('if-none-match', 'must not be sent together with If-Match');
  }
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw invalid('if-none-match', 'must be * here');
  }
  return ifNoneMatch === '*' ? 'create' : 'replace';
}

function parse(name: string, header: string | undefined): EntityTags | undefined {
  return header === undefined ? undefined : parseEntityTags(name, header);
}

function invalid(parameter: string, detail: string): Problem {
  return new Problem('invalid_parameter', { errors: [{ parameter, detail }] });
}
