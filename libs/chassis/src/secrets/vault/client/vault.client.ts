import nodeVault from 'node-vault';
import type { z } from 'zod';
import { Tally } from '../../tally.ts';
import { TransportFailure } from '../transport/transport.failure.ts';
import type { Transport } from '../transport/vault.transport.ts';
import { VaultError } from '../vault.error.ts';
import type { Purpose } from '../vault.operations.ts';
import {
  anyAnswer,
  type Grant,
  leasedAnswer,
  type LeasedCredentials,
  type Login,
  renewalAnswer,
  staticAnswer,
  type StaticCredentials,
  tokenAnswer,
  tokenProperties,
  versionedAnswer,
} from './answer.schemas.ts';

export interface VaultClientOptions {
  /** Like `https://vault.example.com:8200`. */
  address: string;
  namespace: string | undefined;
  transport: Transport;
}

/** The calls that are made at Vault, typed. Each may throw VaultError. */
export class VaultClient {
  /** What was asked so far, and how it ended: `ok` or the kind of failure. */
  readonly requests = new Tally<'operation' | 'result'>();

  constructor(private readonly options: VaultClientOptions) {}

  kubernetesLogin(mount: string, role: string, jwt: string): Promise<Login> {
    return this.#call({ operation: 'login', path: `auth/${mount}` }, tokenAnswer, '', (vault) =>
      vault.kubernetesLogin({ mount_point: mount, role, jwt }),
    );
  }

  appRoleLogin(mount: string, roleId: string, secretId: string): Promise<Login> {
    return this.#call({ operation: 'login', path: `auth/${mount}` }, tokenAnswer, '', (vault) =>
      vault.approleLogin({ mount_point: mount, role_id: roleId, secret_id: secretId }),
    );
  }

  lookUpToken(token: string): Promise<Grant> {
    const purpose: Purpose = { operation: 'lookup_token', path: 'auth/token' };
    return this.#call(purpose, tokenProperties, token, (vault) => vault.tokenLookupSelf());
  }

  /** @param increment seconds from now on that are asked for */
  async renewToken(token: string, increment: number): Promise<Grant> {
    const purpose: Purpose = { operation: 'renew_token', path: 'auth/token' };
    const renew = (vault: nodeVault.client) => vault.tokenRenewSelf({ increment });
    return (await this.#call(purpose, tokenAnswer, token, renew)).grant;
  }

  revokeToken(token: string): Promise<void> {
    const purpose: Purpose = { operation: 'revoke_token', path: 'auth/token' };
    return this.#call(purpose, anyAnswer, token, (vault) => vault.tokenRevokeSelf());
  }

  issueCredentials(token: string, path: string): Promise<LeasedCredentials> {
    return this.#call({ operation: 'issue', path }, leasedAnswer, token, (vault) => vault.read(path));
  }

  readStaticCredentials(token: string, path: string): Promise<StaticCredentials> {
    return this.#call({ operation: 'read', path }, staticAnswer, token, (vault) => vault.read(path));
  }

  /** @param path of KV version 2, with its `data` */
  readVersioned(token: string, path: string): Promise<Record<string, unknown>> {
    return this.#call({ operation: 'read', path }, versionedAnswer, token, (vault) => vault.read(path));
  }

  /** @param increment seconds from now on that are asked for */
  renewLease(token: string, leaseId: string, increment: number): Promise<Grant> {
    const purpose: Purpose = { operation: 'renew_lease', path: 'sys/leases' };
    const content = { lease_id: leaseId, increment };
    return this.#call(purpose, renewalAnswer, token, (vault) => vault.renew(content));
  }

  /** @param isAwaited answers when the credential is gone; otherwise Vault takes it on, with tries of its own */
  revokeLease(token: string, leaseId: string, isAwaited: boolean): Promise<void> {
    const purpose: Purpose = { operation: 'revoke_lease', path: 'sys/leases' };
    // node-vault's own `revoke` drops `sync`.
    const content = { lease_id: leaseId, sync: isAwaited };
    return this.#call(purpose, anyAnswer, token, (vault) => vault.write('sys/leases/revoke', content));
  }

  async #call<Answer>(
    purpose: Purpose,
    schema: z.ZodType<Answer>,
    token: string,
    call: (vault: nodeVault.client) => Promise<unknown>,
  ): Promise<Answer> {
    try {
      const answer = schema.parse(await call(this.#nodeVault(token)));
      this.requests.add({ operation: purpose.operation, result: 'ok' });
      return answer;
    } catch (error) {
      // Other errors are those of parsers, and may quote the answer.
      const details = error instanceof TransportFailure ? error.details : { kind: 'invalid' as const };
      this.requests.add({ operation: purpose.operation, result: details.kind });
      throw new VaultError(purpose, details);
    }
  }

  /** A new one for each call: node-vault keeps tokens in options that it changes. */
  #nodeVault(token: string): nodeVault.client {
    const { address, namespace = '', transport } = this.options;
    const vault = nodeVault({
      endpoint: address,
      'request-promise': { defaults: () => transport },
      debug: () => undefined,
    });
    // It fills gaps in its options from VAULT_TOKEN, VAULT_PREFIX and VAULT_NAMESPACE; so they are set afterwards.
    return Object.assign(vault, { token, namespace, pathPrefix: '' });
  }
}
