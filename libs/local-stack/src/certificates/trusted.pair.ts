import { createPrivateKey, X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * Whether a server with this chain and key is believed by clients that trust these authorities. Says nothing of names and times.
 *
 * @param chain PEM: the server's certificate, then any in between
 * @param authorities PEM, one or more
 */
export function isTrustedPair(
  chain: string | undefined,
  key: string | undefined,
  authorities: string,
): boolean {
  try {
    const [server, ...between] = certificatesOf(chain ?? '');
    if (!server || !key || !server.checkPrivateKey(createPrivateKey(key))) return false;
    const roots = certificatesOf(authorities);
    const isSigned = (certificate: X509Certificate): boolean => {
      if (roots.some((root) => isIssuer(root, certificate))) return true;
      const next = between.findIndex((candidate) => isIssuer(candidate, certificate));
      // Each is used once, so that a circle ends.
      const [issuer] = next < 0 ? [] : between.splice(next, 1);
      return issuer !== undefined && isSigned(issuer);
    };
    return isSigned(server);
  } catch {
    // What can't be read fits nothing.
    return false;
  }
}

/** The last day of a certificate, like `2027-11-24`. */
export const certificateEnd = (certificate: string): string =>
  new X509Certificate(certificate).validToDate.toISOString().slice(0, 10);

const certificatesOf = (pem: string): X509Certificate[] =>
  (pem.match(BLOCK) ?? []).map((block) => new X509Certificate(block));

const isIssuer = (issuer: X509Certificate, certificate: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
