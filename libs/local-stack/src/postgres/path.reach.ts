import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unlessMissing } from '../files/missing.file.ts';
import type { ServerAccount } from './server.account.ts';

const EXECUTE = { owner: 0o100, group: 0o010, others: 0o001 };

/**
 * Whether this account may pass through every folder of the path (a clone below /root usually can't be passed).
 * Parts that don't exist yet count as passable: whoever makes them decides.
 */
export async function isReachable(path: string, account: ServerAccount | undefined): Promise<boolean> {
  if (!account) return true;
  const parent = dirname(path);
  return (await isPassable(path, account)) && (parent === path || isReachable(parent, account));
}

async function isPassable(path: string, { uid, gid }: ServerAccount): Promise<boolean> {
  const folder = await unlessMissing(stat(path));
  if (!folder) return true;
  const role = folder.uid === uid ? 'owner' : folder.gid === gid ? 'group' : 'others';
  return (folder.mode & EXECUTE[role]) !== 0;
}
