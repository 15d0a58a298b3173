import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '@secure-backend/local-stack/testing';
import { becomesReady, startProgram } from './started.program.ts';

/** A store of one's own on the loopback interface, empty. */
export interface ThrowawayEtcd {
  readonly url: string;
  /** The bytes under a key, as they lie on the disk; undefined when there are none. */
  read(key: string): Promise<Buffer | undefined>;
  remove(): Promise<void>;
}

/** It ends with this process, however that ends; `remove` takes its files away too. */
export async function startEtcd(): Promise<ThrowawayEtcd> {
  const folder = await mkdtemp(join(tmpdir(), 'throwaway-etcd-'));
  const url = `http://127.0.0.1:${await findFreePort()}`;
  const peer = `http://127.0.0.1:${await findFreePort()}`;
  const program = startProgram('etcd', [
    `--data-dir=${folder}/data`,
    '--unsafe-no-fsync',
    '--log-level=warn',
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ]);
  await becomesReady(program, () => fetch(`${url}/readyz`).then(({ ok }) => ok));
  return {
    url,
    read: async (key) => {
      const body = JSON.stringify({ key: Buffer.from(key).toString('base64') });
      const answer = await fetch(`${url}/v3/kv/range`, { method: 'POST', body });
      const { kvs } = (await answer.json()) as { kvs?: { value: string }[] };
      return kvs?.[0] && Buffer.from(kvs[0].value, 'base64');
    },
    remove: async () => {
      await program.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
