import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

const ITERATIONS = 4096;
const shape = /^SCRAM-SHA-256\$(\d+):([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/;

/**
 * What Postgres stores of a password (pg_authid.rolpassword): enough to check a login, not enough to log in. Given to
 * ALTER ROLE … PASSWORD, it is stored as it is.
 *
 * @param password ASCII: SASLprep leaves that as it is
 * @see RFC 5803 and RFC 7677; src/common/scram-common.c of Postgres
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = ITERATIONS): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyed = (label: string): Buffer => createHmac('sha256', salted).update(label).digest();
  const storedKey = createHash('sha256').update(keyed('Client Key')).digest('base64');
  const serverKey = keyed('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** Whether a verifier was made of this password. */
export function isVerifierOf(verifier: string, password: string): boolean {
  const [, iterations, salt] = shape.exec(verifier) ?? [];
  if (iterations === undefined || salt === undefined) return false;
  const made = Buffer.from(scramVerifier(password, Buffer.from(salt, 'base64'), Number(iterations)));
  const given = Buffer.from(verifier);
  return made.length === given.length && timingSafeEqual(made, given);
}
