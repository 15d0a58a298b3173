import type { ChassisConfiguration } from '../../configuration/index.ts';
import type { ObservedSource } from '../observed.source.ts';
import { SecretError } from '../secret.source.ts';
import type { ObservedVault, OpenOptions, OpenSecrets } from '../secrets.ts';
import { createSession } from './open.session.ts';
import type { VaultSession } from './session/vault.session.ts';

/** Opens a source, or fails for now. */
export type Opening<Value> = (session: VaultSession, signal: AbortSignal) => Promise<ObservedSource<Value>>;

/** One session at Vault and the sources that live on it. */
export class VaultStore implements OpenSecrets {
  readonly vault: ObservedVault;
  readonly sources: ObservedSource<unknown>[] = [];
  readonly #session: VaultSession;
  #closed: Promise<void> | undefined;

  constructor(
    configuration: ChassisConfiguration,
    private readonly options: OpenOptions,
  ) {
    const { session, client } = createSession(configuration, options.logger);
    this.#session = session;
    this.vault = { token: session, requests: client.requests };
  }

  /**
   * Tries until there is a first value: a service that starts before its store waits instead of crashing. The tries wait at the
   * gate of the session.
   *
   * @throws the signal's reason
   */
  async open<Value>(name: string, opening: Opening<Value>): Promise<ObservedSource<Value>> {
    const { logger, signal, onWaiting } = this.options;
    for (;;) {
      try {
        const source = await opening(this.#session, signal);
        this.sources.push(source);
        signal.throwIfAborted();
        return source;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof SecretError)) {
          throw error;
        }
        logger.warn('no first value of a secret yet; trying again', {
          'secret.name': name,
          'secret.problem': error.message,
        });
        onWaiting?.(`${name}: ${error.message}`);
      }
    }
  }

  /** Leaves nothing behind at Vault, however far opening had come. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await Promise.all(this.sources.map((source) => source.close()));
    await this.#session.close();
  }
}
