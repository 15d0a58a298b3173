import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueCertificate } from '../certificates/issued.certificate.ts';
import { unlessMissing } from '../files/missing.file.ts';
import { writeOwnedFile } from '../files/owned.file.ts';
import type { ServerAccount } from './server.account.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
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
  const issued = await issueCertificate({
    authority: 'local-stack authority',
    names: ['localhost'],
    addresses: ['127.0.0.1', '::1'],
  });
  await writeFile(files.caFile, issued.authority, { mode: 0o644 });
  await writeFile(files.certificateFile, issued.certificate, { mode: 0o644 });
  await writeOwnedFile(files.keyFile, issued.key, account);
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
