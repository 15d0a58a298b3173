import { z } from 'zod';

const oneLine = z.string().regex(/^[^\0\r\n]+$/, 'must be one line of text');

/** A login of the database, as in a Secret of type kubernetes.io/basic-auth. */
export const databaseCredentials = z.object({ username: oneLine.max(63), password: oneLine });
export type DatabaseCredentials = Readonly<z.output<typeof databaseCredentials>>;

const callerName = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.previous)?$/, 'must be named like a caller, in kebab-case');

const apiKey = z.string().regex(/^[\x21-\x7e]{16,}$/, 'must be 16 or more visible ASCII characters');

/** A file per caller; `<caller>.previous` holds the outgoing key while a rotation overlaps. */
export const apiKeys = z.record(callerName, apiKey).superRefine((files, context) => {
  // A shared key would book one caller's requests on another.
  for (const group of Map.groupBy(Object.entries(files), ([, key]) => key).values()) {
    const names = group.map(([name]) => name);
    if (new Set(names.map(callerOf)).size > 1) {
      context.addIssue({
        code: 'custom',
        path: names.slice(0, 1),
        message: `is the same key as ${names.slice(1).join()}`,
      });
    }
  }
});
export type ApiKeyFiles = Readonly<z.output<typeof apiKeys>>;

/** The caller that a file of `api-keys` belongs to. */
export function callerOf(file: string): string {
  return file.replace(/\.previous$/, '');
}
