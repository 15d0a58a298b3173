const TIMEOUT_MS = 15_000;

/** An answer of Vault that is no success. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  /** HTTP status. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * One call of the administration, which talks to a server on the loopback interface only.
 *
 * @param path below /v1/
 * @returns the answer's JSON; undefined when it has no body
 * @throws VaultError when the answer is no success
 */
export type VaultCall = (method: string, path: string, body?: unknown, token?: string) => Promise<unknown>;

/** @param rootToken of every call that doesn't name another one */
export function vaultClient(address: string, rootToken: string): VaultCall {
  return async (method, path, body, token = rootToken) => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${address}/v1/${path}`, {
      ...content,
      method,
      headers: { 'x-vault-token': token, 'x-vault-request': 'true' },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const answer: unknown = text ? JSON.parse(text) : undefined;
    if (response.ok) return answer;
    throw new VaultError(response.status, `${method} ${path}: ${response.status} ${errorsIn(answer)}`.trim());
  };
}

function errorsIn(answer: unknown): string {
  const { errors } = (answer ?? {}) as { errors?: unknown };
  return Array.isArray(errors) ? errors.join('; ').trim() : '';
}
