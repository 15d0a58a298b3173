import type { DatabaseCredentials, SecretVersion } from '../secrets/index.ts';

type Credential = SecretVersion<DatabaseCredentials>;

/** What became of the credentials that a source has announced: each gets a generation, or is given back at once. */
export class CredentialLedger {
  readonly #unused = new Set<Credential>();
  #returns: Promise<unknown> = Promise.resolve();

  announce(credential: Credential): void {
    this.#unused.add(credential);
  }

  /** It has a generation, which gives it back in the end. */
  use(credential: Credential): void {
    this.#unused.delete(credential);
  }

  /** Resolves when the store has it back, or never will. */
  async giveBack(credential: Credential): Promise<void> {
    const returned = credential.release();
    this.#returns = Promise.all([this.#returns, returned]);
    await returned;
  }

  /** A newer one made the others needless. */
  giveBackUnused({ except }: { except?: Credential } = {}): void {
    for (const credential of this.#unused) {
      if (credential !== except) {
        this.#unused.delete(credential);
        void this.giveBack(credential);
      }
    }
  }

  async settled(): Promise<void> {
    await this.#returns;
  }
}
