import { describe, expect, it } from 'vitest';
import { kustomizations } from '../../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../../kubernetes/kustomization.ts';
import type { Manifest } from '../../kubernetes/manifest.ts';
import { samples } from '../../samples/rendering.samples.ts';
import { podsOf } from '../pods/pod.fixture.ts';
import { policyTable } from '../pods/policy.table.ts';
import { shapeFaults } from './policy.shape.ts';

const reason = kustomizeMissing ? ` (skipped: ${kustomizeMissing})` : '';

/** The objects with one text replaced in those of a name. */
const broken = (
  objects: readonly Manifest[],
  name: string,
  kind: string,
  from: string | RegExp,
  to: string,
) =>
  objects.map((object) => {
    if (object.metadata.name !== `secure-backend-${name}` || object.kind !== kind) return object;
    const text = JSON.stringify(object);
    expect(text).toMatch(from);
    return JSON.parse(text.replace(from, to)) as Manifest;
  });

const policy = 'ValidatingAdmissionPolicy';
const binding = 'ValidatingAdmissionPolicyBinding';

describe.skipIf(kustomizeMissing)(`the admission policies${reason}`, () => {
  it.each(['k8s/cluster', 'k8s/cluster/kind'])(
    'of %s refuse, everywhere, whatever makes or holds containers',
    async (path) => {
      expect(shapeFaults(await render(path))).toEqual([]);
    },
  );

  it('are the ones whose refusals are proven', async () => {
    const names = (await render('k8s/cluster'))
      .filter(({ kind }) => kind === policy)
      .map(({ metadata }) => metadata.name);
    const proven = new Set(policyTable.map(({ by }) => `secure-backend-${by}`));
    expect(new Set(names)).toEqual(proven.add('secure-backend-internal-service'));
  });

  it.each([
    ['non-root', policy, '"failurePolicy":"Fail"', '"failurePolicy":"Ignore"', 'admits when it fails'],
    ['non-root', policy, '"cronjobs"', '"none"', 'does not see cronjobs'],
    ['non-root', policy, '"pods/ephemeralcontainers"', '"none"', 'does not see pods/ephemeralcontainers'],
    ['non-root', policy, '"UPDATE"', '"DELETE"', 'does not see every change'],
    [
      'non-root',
      policy,
      /variables\.podSpec\.\?initContainers\.orValue\(\[\]\)/,
      '[]',
      'does not visit initContainers',
    ],
    ['image-digest', policy, /variables\.containers\.map/, '[].map', 'does not visit containers'],
    ['probes', policy, /"matchConditions":\[.*?\],/, '', 'stops what was there before it'],
    ['probes', policy, /"message":"[^"]*"/, '"message":"no"', 'names no cure'],
    ['probes', binding, '"policyName":"secure-backend-probes"', '"policyName":"other"', 'is bound nowhere'],
    ['probes', binding, '"Deny"', '"Warn"', 'only warns'],
    [
      'probes',
      binding,
      '"secure-backend/guarded"',
      '"guarded"',
      'is not bound by the label of guarded namespaces',
    ],
    ['image-registry', binding, '"Deny"},', '"Allow"},', 'admits without its parameter'],
  ])('would be caught when %s of kind %s had %s as %s', async (name, kind, from, to, fault) => {
    const objects = broken(await render('k8s/cluster'), name, kind, from, to);
    expect(shapeFaults(objects)).toContain(`secure-backend-${name} ${fault}`);
  });
});

async function listOf(path: string): Promise<string[]> {
  const found = (await render(path)).find(({ metadata }) => metadata.name === 'trusted-registries');
  return Object.values(found?.['data'] as Record<string, string>).flatMap((text) => text.trim().split('\n'));
}

describe.skipIf(kustomizeMissing)(`the list of trusted registries${reason}`, () => {
  it('has no line that no manifest needs, here or as the template has them', async () => {
    const paths = [...kustomizations.overlays(), ...kustomizations.dependencies()];
    const renderings = [
      ...(await Promise.all(paths.map(render))),
      ...samples().map(([, objects]) => objects),
    ];
    const pods = renderings.flatMap((objects) => podsOf(objects));
    const images = pods.flatMap((pod) =>
      (pod['spec'] as { containers: { image: string }[] }).containers.map(({ image }) => image),
    );
    const unused = (await listOf('k8s/cluster/kind')).filter(
      (line) => !images.some((image) => image.startsWith(line.endsWith('/') ? line : `${line}:`)),
    );
    expect(unused).toEqual([]);
  });

  it('trusts the registry of one machine only there', async () => {
    const local = 'localhost:5001/demo-team/';
    expect(await listOf('k8s/cluster')).not.toContain(local);
    expect((await listOf('k8s/cluster/kind')).filter((line) => line !== local)).toEqual(
      await listOf('k8s/cluster'),
    );
  });
});
