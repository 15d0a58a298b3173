import { issueCertificate } from '../certificates/issued.certificate.ts';
import { certificateEnd, isTrustedPair } from '../certificates/trusted.pair.ts';
import { valuesOf, type Wanted } from './cluster.object.ts';
import { mismatch, removal } from './planned.change.ts';
import type { Place } from './service.secrets.ts';

/**
 * A server's certificate (`<server>-tls`) and the authority that its clients trust (a ConfigMap). They belong together: both are
 * made, or the authority comes out of the Secret, which keeps a copy as `ca.crt`.
 *
 * @param place where the server's Service is
 * @throws StackError when they don't fit, or when only the authority is there
 */
export async function serverTls(
  server: string,
  authority: string,
  place: Place,
): Promise<[tls: Wanted, ca: Wanted]> {
  const ids = [`Secret/${server}-tls`, `ConfigMap/${authority}`] as const;
  const [tlsId, caId] = ids;
  const { namespace, existing } = place;
  const tls = valuesOf(existing, tlsId);
  const trusted = valuesOf(existing, caId)?.['ca.crt'];
  const anew = `To have both made anew: ${removal(namespace, ids)}, then restart the server and its clients.`;
  if (!tls) {
    if (trusted === undefined) return issue(server, namespace, ids);
    const problem = `is there without ${tlsId}, and no certificate can be made for it: authorities' keys are never kept`;
    const outside = `If the server is outside of the cluster, leave it out (npm run secrets -- --help).`;
    throw mismatch(namespace, caId, problem, `${outside} ${anew}`);
  }
  const ca = trusted ?? tls['ca.crt'];
  if (ca === undefined) throw mismatch(namespace, tlsId, `has no ca.crt to make ${caId} of`, anew);
  if (!isTrustedPair(tls['tls.crt'], tls['tls.key'], ca))
    throw mismatch(namespace, tlsId, `isn't signed by the authority in ${caId}, or has another key`, anew);
  return [
    { id: tlsId, values: tls, note: ending(tls['tls.crt']) },
    { id: caId, values: { 'ca.crt': ca } },
  ];
}

async function issue(
  server: string,
  namespace: string,
  [tlsId, caId]: readonly [Wanted['id'], Wanted['id']],
): Promise<[Wanted, Wanted]> {
  const service = `${server}.${namespace}.svc`;
  const { authority, certificate, key } = await issueCertificate({
    authority: `${server} authority`,
    names: [server, `${server}.${namespace}`, service, `${service}.cluster.local`],
    addresses: ['127.0.0.1'],
  });
  const values = { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': authority };
  return [
    { id: tlsId, type: 'kubernetes.io/tls', values, note: ending(certificate) },
    { id: caId, values: { 'ca.crt': authority } },
  ];
}

const ending = (certificate = ''): string => `ends ${certificateEnd(certificate)}`;
