import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../kubernetes/manifest.ts';
import { readAuditPolicy } from '../audit/audit.policy.ts';
import { pathOf } from '../server/api.client.ts';
import { controlPlaneMissing, skipReason } from '../server/control.plane.ts';
import { startApiServer, type ThrowawayApiServer } from '../server/throwaway.apiserver.ts';
import { startEtcd, type ThrowawayEtcd } from '../server/throwaway.etcd.ts';
import { admitted } from '../server/guarded.namespace.ts';
import { keysOf, withProviders, type Key } from './encryption.configuration.ts';
import { ourEncryption } from './encryption.files.ts';

const password = randomBytes(18).toString('hex');
const identity = { identity: {} };
const secretbox = (...keys: Key[]) => ({ secretbox: { keys } });

const object = (kind: 'Secret' | 'ConfigMap', name: string): Manifest => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace: 'default' },
  ...(kind === 'Secret' ? { stringData: { password } } : { data: { password } }),
});

/** As `kubectl get secrets,configmaps -A -o json | kubectl replace -f -` does. */
async function rewriteAll(client: ThrowawayApiServer): Promise<number[]> {
  const lists = await Promise.all(
    (['Secret', 'ConfigMap'] as const).map(async (kind) => {
      const { body } = await client.request('GET', `/api/v1/${kind.toLowerCase()}s`);
      return (body['items'] as Manifest[]).map((item) => ({ ...item, apiVersion: 'v1', kind }));
    }),
  );
  const answers = await Promise.all(lists.flat().map((one) => client.request('PUT', pathOf(one), one)));
  return answers.map(({ status }) => status);
}

describe.skipIf(controlPlaneMissing)(
  `what an API server with our EncryptionConfiguration stores${skipReason}`,
  { timeout: 120_000 },
  () => {
    let etcd: ThrowawayEtcd;
    let server: ThrowawayApiServer | undefined;
    let ours: string;
    let first: Key;
    const second: Key = { name: 'key-2', secret: randomBytes(32).toString('base64') };

    beforeAll(async () => {
      etcd = await startEtcd();
      ours = await ourEncryption();
      [first] = keysOf(ours) as [Key];
    });
    const stop = async () => {
      await server?.stop();
      server = undefined;
    };
    afterEach(stop);
    afterAll(() => etcd?.remove());

    const restart = async (...providers: object[]): Promise<ThrowawayApiServer> => {
      await stop();
      const encryption = providers.length === 0 ? ours : withProviders(ours, providers);
      return (server = await startApiServer(etcd, { encryption, audit: readAuditPolicy() }));
    };
    const stored = async (folder: string, name: string): Promise<string> =>
      (await etcd.read(`/registry/${folder}/default/${name}`))?.toString('latin1') ?? '';
    it('is encrypted', async () => {
      const client = await restart();
      await admitted(client, object('Secret', 'ours'));
      await admitted(client, object('ConfigMap', 'ours'));
      for (const folder of ['secrets', 'configmaps']) {
        // oxlint-disable-next-line no-await-in-loop -- two
        const bytes = await stored(folder, 'ours');
        expect(bytes.startsWith('k8s:enc:secretbox:v1:key-1:')).toBe(true);
        expect(bytes).not.toContain(password);
      }
    });

    it('is there for everybody to read when identity is first', async () => {
      await admitted(await restart(identity, secretbox(first)), object('Secret', 'plain'));
      expect((await stored('secrets', 'plain')).startsWith('k8s:enc:')).toBe(false);
      expect(await stored('secrets', 'plain')).toContain(password);
    });

    it('outlives the rotation of the key, step by step', async () => {
      const secret = object('Secret', 'kept');
      await admitted(await restart(secretbox(first), identity), secret);
      const read = async (client: ThrowawayApiServer) => (await client.request('GET', pathOf(secret))).status;
      expect(await read(await restart(secretbox(first, second), identity))).toBe(200);
      const client = await restart(secretbox(second, first), identity);
      expect(await stored('secrets', 'kept')).toContain('k8s:enc:secretbox:v1:key-1:');
      expect(new Set(await rewriteAll(client))).toEqual(new Set([200]));
      expect(await stored('secrets', 'kept')).toContain('k8s:enc:secretbox:v1:key-2:');
      expect(await read(await restart(secretbox(second)))).toBe(200);
    });
  },
);
