import type { DatabaseCredentials, SecretSource } from '@secure-backend/chassis/secrets';
import type { ServiceEvents } from './service.events.ts';

/** Where the subject's credentials come from, and what may happen to them there. */
export interface CredentialStore {
  readonly name: 'files' | 'vault';
  readonly source: SecretSource<DatabaseCredentials>;
  /** Variables of the subject's configuration. */
  readonly environment: Readonly<Record<string, string>>;
  /** Gives out another credential. */
  rotate: () => Promise<void>;
  /** The credential before is used by nobody any more. */
  retire: () => Promise<void>;
  /**
   * Takes the current credential's role away without telling the subject, which then can have another one.
   *
   * @param afterwards what else happens once the role is gone
   */
  revoke: (afterwards: () => Promise<void>) => Promise<void>;
  /** Roles that may log in as the service now; undefined when they are the same ones for ever. */
  liveRoles: () => Promise<number | undefined>;
  close: () => Promise<void>;
}

export type OpenStore = (events: ServiceEvents, signal: AbortSignal) => Promise<CredentialStore>;
