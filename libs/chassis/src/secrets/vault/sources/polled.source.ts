import { ReadSource } from '../../read.source.ts';
import { SecretError, type SecretVersion } from '../../secret.source.ts';
import type { VaultClient } from '../client/vault.client.ts';
import type { VaultSession } from '../session/vault.session.ts';
import type { VaultToken } from '../session/vault.token.ts';

export interface PolledSourceOptions<Value> {
  /** For logs: `api-keys`. */
  name: string;
  session: VaultSession;
  /** Below `/v1/`. */
  path: string;
  /** @throws SecretError when the content isn't what it should be */
  read: (client: VaultClient, token: VaultToken) => Promise<{ value: Value; nextIn: number }>;
}

/** A secret in Vault without a lease: read again after the time that each reading gives, in milliseconds. */
export class PolledSource<Value> extends ReadSource<Value> {
  readonly #session: VaultSession;
  readonly #closing: AbortController;
  readonly #polling: Promise<void>;

  private constructor(
    { name, session }: PolledSourceOptions<Value>,
    first: Value,
    read: () => Promise<Value>,
    schedule: { nextAt: number },
    closing: AbortController,
  ) {
    super({ name, logger: session.logger, read, first });
    this.#session = session;
    this.#closing = closing;
    this.#polling = this.#poll(schedule);
  }

  /** @throws as `LeasedSource.open` */
  static async open<Value>(
    options: PolledSourceOptions<Value>,
    signal: AbortSignal,
  ): Promise<PolledSource<Value>> {
    const { session, path, read } = options;
    const closing = new AbortController();
    const schedule = { nextAt: 0 };
    const readUntil = (until: AbortSignal, validUntil?: number) =>
      session.call({ operation: 'read', path }, { validUntil, signal: until }, async (client, token) => {
        const { value, nextIn } = await read(client, token);
        schedule.nextAt = session.clock.now() + nextIn;
        return value;
      });
    const first = await readUntil(signal);
    return new PolledSource(options, first, () => readUntil(closing.signal, Infinity), schedule, closing);
  }

  override async replace(refused: SecretVersion<Value>): Promise<void> {
    this.#session.hurry();
    await super.replace(refused);
  }

  override async close(): Promise<void> {
    const closed = super.close();
    this.#closing.abort();
    await this.#polling;
    await closed;
  }

  /** What fails is tried again at once: it is the gate that makes tries wait. */
  async #poll(schedule: { nextAt: number }): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#session.clock.sleepUntil(schedule.nextAt, signal);
        await this.refresh();
      } catch (error) {
        if (!(error instanceof SecretError) && !signal.aborted) {
          throw error;
        }
      }
    }
  }
}
