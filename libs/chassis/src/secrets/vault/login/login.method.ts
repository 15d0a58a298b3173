import type { Login } from '../client/answer.schemas.ts';
import type { VaultClient } from '../client/vault.client.ts';

/** A way to a token. */
export interface LoginMethod {
  /** Where, for people: `auth/kubernetes`. */
  readonly path: string;
  /** Whether the token is ours alone: then it is ours to renew and to revoke. */
  readonly ownsToken: boolean;
  /**
   * Reads the mounted files anew, since they rotate too.
   *
   * @throws SecretError when the files aren't there, VaultError when Vault refuses or can't be reached
   */
  logIn(client: VaultClient): Promise<Login>;
}
