import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeCluster } from '../../test-fixtures/fake.cluster.ts';
import { SecretsBench } from '../../test-fixtures/secrets.bench.ts';
import { secretsContract } from '../../test-fixtures/secrets.contract.ts';
import { makeSecrets } from './secrets.command.ts';

describe('npm run secrets', () => {
  let cluster: FakeCluster;
  const open = (env: Record<string, string> = {}) => SecretsBench.open({ ...cluster.env, ...env });
  beforeAll(async () => {
    cluster = await FakeCluster.open();
  });
  afterAll(() => cluster.remove());

  // The same on a real API server: test/cluster/secrets.test.ts.
  secretsContract(open, (bench) => bench.close());

  it('hands no value to kubectl where others can read it', async () => {
    const bench = await open();
    await bench.make();
    const calls = await cluster.calls();
    const objects = await bench.objects();
    const values = objects.flatMap(({ data = {} }) => Object.values(data));
    expect(calls).toContain('create --filename=-');
    for (const value of values) {
      expect(calls).not.toContain(value);
      expect(calls).not.toContain(Buffer.from(value, 'base64').toString());
    }
    await bench.close();
  });

  it('keeps values out of what a server complains about', async () => {
    const bench = await open();
    const refused = await SecretsBench.open({ ...cluster.env, FAKE_KUBECTL_REFUSES: 'yes' });
    const problem: Error = (await refused.make().catch((error: Error) => error)) as never;
    expect(problem.message).toContain('admission refused {"apiVersion":"v1","kind":"Secret"');
    expect(problem.message).toContain('"password":"…"');
    await Promise.all([bench.close(), refused.close()]);
  });

  it('makes certificates for OpenBao, and tells both namespaces whom to trust', async () => {
    const bench = await open();
    await bench.kubectl(['create', 'namespace', 'openbao']);
    const lines = (await bench.make('--openbao')).map((line) => line.replace(bench.namespace, 'demo'));
    expect(lines.filter((line) => /openbao|vault-ca/.test(line))).toEqual([
      expect.stringMatching(/^openbao Secret\/openbao-tls: made \(ends /),
      'openbao ConfigMap/vault-ca: made',
      'demo ConfigMap/vault-ca: made',
      'openbao ConfigMap/db-ca: made',
    ]);
    expect((await bench.make('--openbao')).filter((line) => !line.includes(': kept'))).toEqual([]);
    const other = await open();
    await expect(other.make('--openbao')).rejects.toThrow(
      "ConfigMap/db-ca in openbao isn't what the others go with",
    );
    await Promise.all([bench.close(), other.close()]);
  });

  it('says where kubectl is to be had', async () => {
    const settings = { env: { PATH: '/nowhere' }, output: new PassThrough() };
    await expect(makeSecrets(['--namespace', 'demo'], settings)).rejects.toThrow(
      'kubectl is not on the PATH. Get it from https://kubernetes.io/docs/tasks/tools/',
    );
  });

  it.each([
    [[], 'Which namespace? Say --namespace demo-team'],
    [['--namespace', 'Demo'], '"Demo" is no name for Kubernetes'],
    [['--namespace', 'demo', '--caller', 'a.b'], '"a.b" is no name for Kubernetes'],
    [['--colour'], "Unknown option '--colour'. What there is: npm run secrets -- --help"],
    [['--namespace', 'demo', 'nobody'], 'There is no service "nobody" in apps/.'],
    [['--namespace', 'demo', '--print', '--dry-run'], 'leave --dry-run out'],
  ])('answers %j with a sentence', async (args, sentence) => {
    const settings = { env: cluster.env, output: new PassThrough() };
    await expect(makeSecrets(args, settings)).rejects.toThrow(sentence);
  });

  it('prints no value to a terminal', async () => {
    const output = Object.assign(new PassThrough(), { isTTY: true });
    const printing = makeSecrets(['--namespace', 'demo', '--print'], { env: cluster.env, output });
    await expect(printing).rejects.toThrow('not to a terminal');
  });
});
