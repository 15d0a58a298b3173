import type { IncomingHttpHeaders } from 'node:http';
import type { VaultErrorDetails, VaultFailure } from '../vault.error.ts';

/** An exchange that failed, before anybody says what it was for. Its cause is dropped: it may hold headers and bodies. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  readonly details: VaultErrorDetails;

  constructor(details: VaultErrorDetails) {
    super(details.kind);
    this.details = details;
  }
}

/** Codes of Node and OpenSSL for a certificate or a handshake that isn't right. */
const tlsCode = /^(?:CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_|EPROTO)/;

/** @param progress how far the exchange had come */
export function failureOf(
  error: unknown,
  progress: { isLate: boolean; isConnected: boolean },
): TransportFailure {
  if (error instanceof TransportFailure) {
    return error;
  }
  const found = (error as { code?: unknown }).code;
  const code = typeof found === 'string' ? found : undefined;
  return new TransportFailure({ kind: kindOf(code, progress), code: progress.isLate ? undefined : code });
}

function kindOf(
  code: string | undefined,
  { isLate, isConnected }: { isLate: boolean; isConnected: boolean },
): VaultFailure {
  if (isLate) {
    return 'timeout';
  }
  if (code !== undefined && tlsCode.test(code)) {
    return 'untrusted';
  }
  if (code?.startsWith('HPE_') === true) {
    return 'invalid';
  }
  return isConnected ? 'interrupted' : 'unreachable';
}

/** @returns undefined when the status is one of Vault's two for success */
export function failureOfStatus(status: number, headers: IncomingHttpHeaders): TransportFailure | undefined {
  if (status === 200 || status === 204) {
    return undefined;
  }
  const retryAfter = readRetryAfter(headers['retry-after']);
  return new TransportFailure({ kind: kindOfStatus(status), status, retryAfter });
}

const kindsOfStatus: Readonly<Record<number, VaultFailure>> = {
  401: 'refused',
  403: 'refused',
  404: 'not_found',
  429: 'rate_limited',
  503: 'sealed',
};

function kindOfStatus(status: number): VaultFailure {
  const exact = kindsOfStatus[status];
  if (exact !== undefined) {
    return exact;
  }
  if (status >= 500) {
    return 'failed';
  }
  if (status >= 400) {
    return 'bad_request';
  }
  return status >= 300 ? 'redirect' : 'invalid';
}

/** RFC 9110, section 10.2.3: seconds or a date; milliseconds here. */
function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return wait > 0 ? wait : undefined;
}
