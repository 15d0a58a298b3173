import { SecretError } from '../secret.source.ts';
import { type Purpose, vaultOperations } from './vault.operations.ts';

/** How an exchange with Vault failed, and what to do about it. */
const cures = {
  unreachable: 'no connection; check VAULT_ADDRESS, and that Vault runs',
  interrupted: 'the connection broke',
  timeout: 'no whole answer within VAULT_TIMEOUT_MS',
  untrusted: 'the server is not trusted; check VAULT_CA_FILE and the host of VAULT_ADDRESS',
  redirect: 'redirected, which is never followed; let VAULT_ADDRESS name the active server',
  rate_limited: 'too many requests; raise the rate limit quota',
  sealed: 'sealed or not available; unseal Vault',
  failed: 'Vault failed; see its log, and that of what it manages',
  invalid: 'the answer is not what Vault answers; check what VAULT_ADDRESS and the path name',
  refused: 'permission denied; check the policies, and for a login its role, audience and mounted files',
  not_found: 'nothing is there; check the path',
  bad_request: 'Vault takes this for a wrong request; check the path, the role and the mounted files',
} as const;

export type VaultFailure = keyof typeof cures;

/** Failures that tell about Vault or the way to it, not about what was asked. */
const ailments = new Set<VaultFailure>([
  'unreachable',
  'interrupted',
  'timeout',
  'untrusted',
  'redirect',
  'rate_limited',
  'sealed',
  'failed',
  'invalid',
]);

export interface VaultErrorDetails {
  kind: VaultFailure;
  /** HTTP status of the answer, if there was one. */
  status?: number;
  /** A code of Node's, like ECONNREFUSED. */
  code?: string;
  /** Milliseconds that Vault asked to be left alone for. */
  retryAfter?: number;
}

/** An exchange with Vault failed. Says what was tried, where, and the cure; holds no token, no id and no body. */
export class VaultError extends SecretError {
  override readonly name = 'VaultError';
  readonly kind: VaultFailure;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly retryAfter: number | undefined;

  constructor({ operation, path }: Purpose, { kind, status, code, retryAfter }: VaultErrorDetails) {
    const evidence = status ?? code;
    super(
      `Vault, ${vaultOperations[operation]} at ${path}: ${cures[kind]}${evidence === undefined ? '' : ` (${evidence})`}`,
    );
    this.kind = kind;
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether another call would likely fail too: Vault, or the way to it, is ill. */
  get isAilment(): boolean {
    return ailments.has(this.kind);
  }
}
