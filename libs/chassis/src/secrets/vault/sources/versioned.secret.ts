import type { z } from 'zod';
import type { ObservedSource } from '../../observed.source.ts';
import { parseSecret } from '../../secret.parsing.ts';
import type { VaultSession } from '../session/vault.session.ts';
import { PolledSource } from './polled.source.ts';
import { spread } from './spread.ts';

export interface VersionedSecretOptions<Value> {
  /** For logs: `api-keys`. */
  name: string;
  session: VaultSession;
  /** Of KV version 2, with its `data`. */
  path: string;
  schema: z.ZodType<Value>;
  /** Milliseconds after which it is read again. */
  refresh: number;
}

/** @throws as `LeasedSource.open` */
export function openVersionedSecret<Value>(
  { name, session, path, schema, refresh }: VersionedSecretOptions<Value>,
  signal: AbortSignal,
): Promise<ObservedSource<Value>> {
  const read: Parameters<typeof PolledSource.open<Value>>[0]['read'] = async (client, token) => ({
    value: parseSecret(path, schema, await client.readVersioned(token.value, path)),
    nextIn: spread(refresh),
  });
  return PolledSource.open({ name, session, path, read }, signal);
}
