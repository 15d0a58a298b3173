import { databaseCredentials, type DatabaseCredentials } from '../../credential.schemas.ts';
import type { ObservedSource } from '../../observed.source.ts';
import { parseSecret } from '../../secret.parsing.ts';
import type { VaultSession } from '../session/vault.session.ts';
import { LeasedSource } from './leased.source.ts';
import { PolledSource } from './polled.source.ts';
import { spread } from './spread.ts';

/** Milliseconds: right at the change, Vault may still be at it. */
const afterChange = 500;

export interface DatabaseCredentialsOptions {
  /** For logs: `db-credentials`. */
  name: string;
  session: VaultSession;
  /** Of a dynamic or a static role. */
  path: string;
  /** Milliseconds in which a static role is read again at least. */
  refresh: number;
}

/** @throws as `LeasedSource.open` */
export function openDatabaseCredentials(
  options: DatabaseCredentialsOptions,
  signal: AbortSignal,
): Promise<ObservedSource<DatabaseCredentials>> {
  return options.path.includes('/static-creds/') ? openStatic(options, signal) : openDynamic(options, signal);
}

function openDynamic({ name, session, path }: DatabaseCredentialsOptions, signal: AbortSignal) {
  const parse = (content: unknown) => parseSecret(path, databaseCredentials, content);
  return LeasedSource.open({ name, session, path, parse }, signal);
}

function openStatic({ name, session, path, refresh }: DatabaseCredentialsOptions, signal: AbortSignal) {
  return PolledSource.open<DatabaseCredentials>(
    {
      name,
      session,
      path,
      read: async (client, token) => {
        const { seconds, data } = await client.readStaticCredentials(token.value, path);
        const value = parseSecret(path, databaseCredentials, data);
        return { value, nextIn: Math.min(seconds * 1_000 + spread(afterChange), spread(refresh)) };
      },
    },
    signal,
  );
}
