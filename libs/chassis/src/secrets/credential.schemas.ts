import { z } from 'zod';

const oneLine = z.string().regex(/^[^\0\r\n]+$/, 'must be one line of text');

/** A login of the database, as in a Secret of type kubernetes.io/basic-auth. */
export const databaseCredentials = z.object({ username: oneLine.max(63), password: oneLine });
export type DatabaseCredentials = Readonly<z.output<typeof databaseCredentials>>;

const callerName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.previous)?$/, 'must be named like a caller, in kebab-case');

/** A file per caller; `<caller>.previous` holds the outgoing key while a rotation overlaps. */
export const apiKeys = z.record(callerName, oneLine.min(16, 'must have at least 16 characters'));
export type ApiKeyFiles = Readonly<z.output<typeof apiKeys>>;
