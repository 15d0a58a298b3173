import { createHash } from 'node:crypto';
import { Problem } from '../problems/index.ts';

const checksumBytes = 6;

/**
 * An opaque position in a keyset-paginated list: the sort key of the last item, in URL-safe text. The checksum covers
 * the list's filter too, so a damaged cursor, or one from another list, is refused rather than misread. It is no
 * secret: whoever forges it reaches only items that the same caller may list anyway.
 */
export function encodeCursor(position: readonly string[], filter: unknown): string {
  const payload = Buffer.from(JSON.stringify(position));
  return Buffer.concat([checksum(payload, filter), payload]).toString('base64url');
}

/** @throws Problem invalid_parameter when the text is not a cursor of this list */
export function decodeCursor(cursor: string, filter: unknown): string[] {
  const bytes = Buffer.from(cursor, 'base64url');
  const payload = bytes.subarray(checksumBytes);
  const isIntact =
    bytes.toString('base64url') === cursor &&
    bytes.length > checksumBytes &&
    bytes.subarray(0, checksumBytes).equals(checksum(payload, filter));
  if (!isIntact) {
    const detail = 'is not a cursor of this list; start again without it';
    throw new Problem('invalid_parameter', { errors: [{ parameter: 'cursor', detail }] });
  }
  return JSON.parse(payload.toString()) as string[];
}

function checksum(payload: Buffer, filter: unknown): Buffer {
  const hash = createHash('sha256').update(payload).update(JSON.stringify(filter));
  return hash.digest().subarray(0, checksumBytes);
}
