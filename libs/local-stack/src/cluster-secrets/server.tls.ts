import { createPrivateKey, X509Certificate } from 'node:crypto';
import { issueCertificate } from '../certificates/issued.certificate.ts';
import type { Existing, Wanted } from './cluster.object.ts';

/**
 * A server's certificate (`<server>-tls`) and the authority that its clients trust (a ConfigMap), which belong together: when one
 * is missing, or they don't fit, both are made anew.
 *
 * @param namespace where the server's Service is
 */
export async function serverTls(
  server: string,
  namespace: string,
  authority: string,
  existing: Existing,
): Promise<[tls: Wanted, ca: Wanted]> {
  const tls = existing.get(`Secret/${server}-tls`) ?? {};
  const ca = existing.get(`ConfigMap/${authority}`) ?? {};
  const because = 'certificate and authority belonged to different pairs: restart the server and its clients';
  const pair = (certificate: string, key: string, root: string): [Wanted, Wanted] => [
    {
      id: `Secret/${server}-tls`,
      type: 'kubernetes.io/tls',
      values: { 'tls.crt': certificate, 'tls.key': key },
      because,
    },
    { id: `ConfigMap/${authority}`, values: { 'ca.crt': root }, because },
  ];
  if (fits(tls['tls.crt'], tls['tls.key'], ca['ca.crt']))
    return pair(tls['tls.crt'] ?? '', tls['tls.key'] ?? '', ca['ca.crt'] ?? '');
  const names = [server, `${server}.${namespace}`, `${server}.${namespace}.svc`] as const;
  const issued = await issueCertificate({
    authority: `${server} authority`,
    names: [...names, `${server}.${namespace}.svc.cluster.local`],
    addresses: ['127.0.0.1'],
  });
  return pair(issued.certificate, issued.key, issued.authority);
}

function fits(certificate?: string, key?: string, authority?: string): boolean {
  if (!certificate || !key || !authority) return false;
  try {
    const parsed = new X509Certificate(certificate);
    const isIssued = parsed.verify(new X509Certificate(authority).publicKey);
    return isIssued && parsed.checkPrivateKey(createPrivateKey(key)) && parsed.validToDate > new Date();
  } catch {
    // What can't be read fits nothing.
    return false;
  }
}
