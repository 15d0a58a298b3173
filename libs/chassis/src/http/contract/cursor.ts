import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { Problem } from '../problems/index.ts';

const checksumBytes = 6;

/**
 * An opaque position in a keyset-paginated list: the sort key of the last item, in URL-safe text. The checksum covers
 * the list's filter too, so a damaged cursor, or one from another list, is refused rather than misread. It is no
 * secret and no proof of origin: whoever forges it reaches only items that the same caller may list anyway, and the
 * position in it is validated like any other input.
 */
export function encodeCursor(position: readonly unknown[], filter: unknown): string {
  const payload = Buffer.from(JSON.stringify(position));
  return Buffer.concat([checksum(payload, filter), payload]).toString('base64url');
}

/**
 * @param schema what a position of this list looks like
 * @throws Problem invalid_parameter when the text is not a cursor of this list
 */
export function decodeCursor<Position>(
  cursor: string,
  filter: unknown,
  schema: z.ZodType<Position>,
): Position {
  const bytes = Buffer.from(cursor, 'base64url');
  const payload = bytes.subarray(checksumBytes);
  const isIntact =
    bytes.toString('base64url') === cursor &&
    bytes.length > checksumBytes &&
    bytes.subarray(0, checksumBytes).equals(checksum(payload, filter));
  const position = schema.safeParse(isIntact ? parse(payload) : undefined);
  if (!position.success) {
    const detail = 'is not a cursor of this list; start again without it';
    throw new Problem('invalid_parameter', { errors: [{ parameter: 'cursor', detail }] });
  }
  return position.data;
}

/** Undefined, which no position is, for what is no JSON. */
function parse(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}

function checksum(payload: Buffer, filter: unknown): Buffer {
  const hash = createHash('sha256').update(payload).update(JSON.stringify(filter));
  return hash.digest().subarray(0, checksumBytes);
}
