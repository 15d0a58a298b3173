import { chown, rename, writeFile } from 'node:fs/promises';
import type { ServerAccount } from '../postgres/server.account.ts';

/** Writes a file that only its owner can read, whole or not at all; the owner is the given account, else ourselves. */
export async function writeOwnedFile(path: string, content: string, account?: ServerAccount): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, content, { mode: 0o600 });
  if (account) await chown(unfinished, account.uid, account.gid);
  await rename(unfinished, path);
}
