import { expect, it } from 'vitest';
import { eachObject, type SecretsBench } from './secrets.bench.ts';

/** What `npm run secrets` does where some of its objects are there, or aren't what they were. */
export function partialSecretsContract(current: () => SecretsBench): void {
  it.each([
    [['Secret/frontend-demo-service-key']],
    [['Secret/postgres-identities']],
    [['ConfigMap/db-ca']],
    [['Secret/demo-service-keys']],
    [['Secret/postgres-tls', 'ConfigMap/db-ca']],
    [['Secret/demo-service-db-credentials', 'Secret/postgres-identities']],
  ])('makes %j anew so that it fits the rest, which stays', async (removed) => {
    const bench = current();
    await bench.make();
    const before = await bench.objects();
    await bench.remove(...removed);
    const made = Object.fromEntries(removed.map((id) => [id, 'made']));
    await expect(bench.outcomes()).resolves.toEqual({ ...eachObject('kept'), ...made });
    const after = await bench.objects();
    const isKept = ({ kind, metadata }: (typeof after)[number]) =>
      !removed.includes(`${kind}/${metadata.name}`);
    expect(after.filter(isKept)).toEqual(before.filter(isKept));
    await expect(bench.outcomes()).resolves.toEqual(eachObject('kept'));
  });

  it.each<[string, string, (bench: SecretsBench) => Promise<void>]>([
    [
      'an authority alone',
      'is there without Secret/postgres-tls',
      (bench) => bench.remove('Secret/postgres-tls'),
    ],
    [
      "another authority's certificate",
      "isn't signed by",
      (bench) => bench.change('ConfigMap/db-ca', { 'ca.crt': 'x' }),
    ],
    [
      "another password's verifier",
      "that isn't of the password in",
      (bench) => bench.change('Secret/demo-service-db-credentials', { password: 'another' }),
    ],
    [
      "somebody else's login",
      'logs in as somebody else',
      (bench) => bench.change('Secret/demo-service-db-credentials', { username: 'postgres' }),
    ],
    [
      "another caller's key",
      "holds a key that Secret/demo-service-keys doesn't know",
      (bench) => bench.change('Secret/frontend-demo-service-key', { 'api-key': 'another-key-of-16' }),
    ],
  ])('refuses %s, says which command helps, and makes nothing', async (_, problem, spoil) => {
    const bench = current();
    await bench.make();
    await spoil(bench);
    const before = await bench.objects();
    await expect(bench.make('--caller', 'frontend', '--caller', 'reports')).rejects.toThrow(problem);
    await expect(bench.make()).rejects.toThrow(`kubectl delete --namespace=${bench.namespace}`);
    await expect(bench.objects()).resolves.toEqual(before);
  });
}
