import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { unlessMissing } from '../files/missing.file.ts';
import { writeOwnedFile } from '../files/owned.file.ts';
import type { ServerAccount } from './server.account.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_DAYS = 365;
const RENEW_DAYS_BEFORE = 30;

export interface ServerCertificate {
  caFile: string;
  certificateFile: string;
  keyFile: string;
}

/**
 * A certificate for localhost and the certificate of the authority that signed it, made anew when they are about to
 * expire. The authority's own key is never stored: nobody can sign a second certificate with it.
 *
 * @param account who has to read the server's key
 */
export async function ensureServerCertificate(
  directory: string,
  account?: ServerAccount,
): Promise<ServerCertificate> {
  const folder = join(directory, 'tls');
  const files = {
    caFile: join(folder, 'ca.crt'),
    certificateFile: join(folder, 'server.crt'),
    keyFile: join(folder, 'server.key'),
  };
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
  if (await isFresh(files)) return files;
  const { ca, server } = await issue();
  await writeFile(files.caFile, ca.cert, { mode: 0o644 });
  await writeFile(files.certificateFile, server.cert, { mode: 0o644 });
  await writeOwnedFile(files.keyFile, server.private, account);
  await Promise.all([files.caFile, files.certificateFile].map((file) => chmod(file, 0o644)));
  return files;
}

async function isFresh({ caFile, certificateFile, keyFile }: ServerCertificate): Promise<boolean> {
  const files = [caFile, certificateFile, keyFile].map((file) => unlessMissing(readFile(file)));
  const [ca, server, key] = await Promise.all(files);
  if (!ca || !server || !key) return false;
  const certificate = new X509Certificate(server);
  const remaining = certificate.validToDate.getTime() - Date.now();
  // An interrupted renewal leaves parts that don't belong together.
  const fits =
    certificate.verify(new X509Certificate(ca).publicKey) &&
    certificate.checkPrivateKey(createPrivateKey(key));
  return fits && remaining > RENEW_DAYS_BEFORE * DAY_MS;
}

async function issue() {
  const period = {
    keyType: 'ec' as const,
    algorithm: 'sha256',
    // A clock that is set back by a little must not make the certificate invalid.
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + LIFETIME_DAYS * DAY_MS),
  };
  const ca = await generate([{ name: 'commonName', value: 'local-stack authority' }], {
    ...period,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...period,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { ca, server };
}
