import { X509Certificate } from 'node:crypto';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { isTrustedPair } from '../src/certificates/trusted.pair.ts';
import { isVerifierOf } from '../src/cluster-secrets/scram.verifier.ts';
import { partialSecretsContract } from './partial.secrets.contract.ts';
import { ALL_OBJECTS, eachObject, type SecretsBench } from './secrets.bench.ts';

/**
 * What `npm run secrets` does in a cluster, on whichever the bench is opened.
 *
 * @param close removes a namespace
 */
export function secretsContract(
  open: () => Promise<SecretsBench>,
  close: (bench: SecretsBench) => Promise<void>,
): void {
  let bench: SecretsBench;
  const opened: SecretsBench[] = [];
  beforeEach(async () => {
    bench = await open();
    opened.push(bench);
  });
  afterAll(() => Promise.all(opened.map(close)));

  partialSecretsContract(() => bench);

  it('makes everything once, and then changes nothing', async () => {
    await expect(bench.outcomes('--dry-run')).resolves.toEqual(eachObject('would be made'));
    await expect(bench.objects()).resolves.toEqual([]);
    await expect(bench.outcomes()).resolves.toEqual(eachObject('made'));
    const made = await bench.objects();
    expect(made).toHaveLength(ALL_OBJECTS.length);
    await expect(bench.outcomes()).resolves.toEqual(eachObject('kept'));
    await expect(bench.objects()).resolves.toEqual(made);
  });

  it('makes what belongs together, and nothing of it is shown', async () => {
    const said = (await bench.make()).join('\n');
    const runtime = await bench.values('Secret/demo-service-db-credentials');
    const migrator = await bench.values('Secret/demo-service-db-migrator-credentials');
    const keys = await bench.values('Secret/demo-service-keys');
    const identities = await bench.values('Secret/postgres-identities');
    expect([runtime['username'], migrator['username']]).toEqual([
      'demo_service_runtime_a',
      'demo_service_migrator',
    ]);
    for (const { username = '', password = '' } of [runtime, migrator])
      expect(isVerifierOf(identities[username] ?? '', password)).toBe(true);
    expect(Object.keys(keys)).toEqual(['external-api', 'frontend']);
    await expect(bench.values('Secret/frontend-demo-service-key')).resolves.toEqual({
      'api-key': keys['frontend'],
    });
    const tls = await bench.values('Secret/postgres-tls');
    const { 'ca.crt': authority = '' } = await bench.values('ConfigMap/db-ca');
    expect(isTrustedPair(tls['tls.crt'], tls['tls.key'], authority)).toBe(true);
    const { subjectAltName } = new X509Certificate(tls['tls.crt'] ?? '');
    for (const name of [
      'postgres',
      `postgres.${bench.namespace}`,
      `postgres.${bench.namespace}.svc.cluster.local`,
    ])
      expect(subjectAltName).toContain(`DNS:${name},`);
    const all = await Promise.all(ALL_OBJECTS.map((id) => bench.values(id)));
    const values = all.flatMap((object) => Object.entries(object)).filter(([key]) => key !== 'username');
    for (const [, value] of values) expect(said).not.toContain(value);
  });

  it('gives a further caller a key, and touches no other', async () => {
    await bench.make();
    await bench.change('Secret/demo-service-keys', { 'frontend.previous': 'the-outgoing-key-' });
    const before = await bench.values('Secret/demo-service-keys');
    const said = await bench.outcomes('--caller', 'frontend', '--caller', 'reports');
    expect(said['Secret/demo-service-keys']).toBe('added reports');
    expect(said['Secret/reports-demo-service-key']).toBe('made');
    const { reports, ...others } = await bench.values('Secret/demo-service-keys');
    expect(others).toEqual(before);
    await expect(bench.values('Secret/reports-demo-service-key')).resolves.toEqual({ 'api-key': reports });
  });

  it('adds a verifier when the other login takes over, and keeps those of others', async () => {
    await bench.make();
    await bench.change('Secret/postgres-identities', { other_service_migrator: 'SCRAM-SHA-256$of-another' });
    const before = await bench.values('Secret/postgres-identities');
    const login = { username: 'demo_service_runtime_b', password: 'a-new-password' };
    await bench.change('Secret/demo-service-db-credentials', login);
    const outcome = 'added demo_service_runtime_b';
    const expected = { ...eachObject('kept'), 'Secret/postgres-identities': outcome };
    await expect(bench.outcomes()).resolves.toEqual(expected);
    const { demo_service_runtime_b: added = '', ...others } = await bench.values(
      'Secret/postgres-identities',
    );
    expect(others).toEqual(before);
    expect(isVerifierOf(added, login.password)).toBe(true);
  });

  it('leaves a caller the outgoing key while its key changes', async () => {
    await bench.make();
    const { frontend = '' } = await bench.values('Secret/demo-service-keys');
    const rotated = { 'frontend.previous': frontend, frontend: 'the-incoming-key-' };
    await bench.change('Secret/demo-service-keys', rotated);
    await expect(bench.outcomes()).resolves.toEqual(eachObject('kept'));
  });

  it('leaves out a Postgres that is somewhere else', async () => {
    await expect(bench.outcomes('--external-postgres')).resolves.toEqual(
      Object.fromEntries(ALL_OBJECTS.filter((id) => !/postgres|db-ca/.test(id)).map((id) => [id, 'made'])),
    );
  });

  it('prints what would be made for a tool that seals it, and makes nothing', async () => {
    const { said, beside } = await bench.run('--namespace', bench.namespace, '--print');
    const { kind, items } = JSON.parse(said) as {
      kind: string;
      items: { kind: string; metadata: { name: string } }[];
    };
    expect(kind).toBe('List');
    expect(items.map((item) => `${item.kind}/${item.metadata.name}`)).toEqual(ALL_OBJECTS);
    expect(beside).toContain('Secret/postgres-tls: printed, not made');
    await expect(bench.objects()).resolves.toEqual([]);
    await bench.kubectl(['create', '--filename=-'], JSON.stringify(items[0]));
    const { password = '' } = await bench.values('Secret/demo-service-db-credentials');
    const { said: again } = await bench.run('--namespace', bench.namespace, '--print');
    expect(again).toContain('postgres-identities');
    expect(again).not.toContain('demo-service-db-credentials');
    expect(again).not.toContain(Buffer.from(password).toString('base64'));
  });

  it('wants a namespace that is there', async () => {
    await expect(bench.run('--namespace', 'not-there')).rejects.toThrow(
      /namespaces "not-there" not found\nTo make it: kubectl create namespace not-there$/,
    );
  });
}
