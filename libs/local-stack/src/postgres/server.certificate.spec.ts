import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureServerCertificate } from './server.certificate.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe("the server's certificate", () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-stack-certificate-'));
  });
  afterEach(async () => {
    vi.useRealTimers();
    await rm(directory, { recursive: true });
  });

  const issue = async () => {
    const files = await ensureServerCertificate(directory);
    const [authority, server] = await Promise.all(
      [files.caFile, files.certificateFile].map((file) => readFile(file)),
    );
    return {
      files,
      authority: new X509Certificate(authority ?? ''),
      server: new X509Certificate(server ?? ''),
    };
  };

  it('is for this machine only and signed by its authority', async () => {
    const { authority, server } = await issue();
    expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(server.checkIssued(authority) && server.verify(authority.publicKey)).toBe(true);
    expect([authority.ca, server.ca]).toEqual([true, false]);
  });

  it('stays the same until thirty days before its end, then is made anew', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { server } = await issue();
    vi.setSystemTime(Date.now() + 334 * DAY_MS);
    expect((await issue()).server.fingerprint256).toBe(server.fingerprint256);
    vi.setSystemTime(Date.now() + 2 * DAY_MS);
    const renewed = await issue();
    expect(renewed.server.fingerprint256).not.toBe(server.fingerprint256);
    expect(renewed.server.verify(renewed.authority.publicKey)).toBe(true);
  });

  it('is made anew when its parts do not belong together', async () => {
    const { files, server } = await issue();
    const other = await ensureServerCertificate(join(directory, 'other'));
    await writeFile(files.keyFile, await readFile(other.keyFile));
    expect((await issue()).server.fingerprint256).not.toBe(server.fingerprint256);
  });
});
