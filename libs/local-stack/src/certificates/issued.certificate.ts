import { generate } from 'selfsigned';

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_DAYS = 365;

/** All of it PEM. */
export interface IssuedCertificate {
  /** The authority's certificate: what clients trust. */
  authority: string;
  certificate: string;
  key: string;
}

/**
 * A server's certificate, and that of an authority made for it alone. The authority's own key is thrown away: nobody can sign a
 * second certificate with it, so whoever renews the one renews the other.
 *
 * @param names DNS names, the first is the common name
 */
export async function issueCertificate(subject: {
  authority: string;
  names: readonly [string, ...string[]];
  addresses: readonly string[];
}): Promise<IssuedCertificate> {
  const period = {
    keyType: 'ec' as const,
    algorithm: 'sha256',
    // A clock that is set back by a little must not make the certificate invalid.
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + LIFETIME_DAYS * DAY_MS),
  };
  const ca = await generate([{ name: 'commonName', value: subject.authority }], {
    ...period,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: subject.names[0] }], {
    ...period,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...subject.names.map((value) => ({ type: 2 as const, value })),
          ...subject.addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { authority: ca.cert, certificate: server.cert, key: server.private };
}
