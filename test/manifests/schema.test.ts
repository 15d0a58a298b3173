import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, parseManifests, render } from '../kubernetes/kustomization.ts';
import { schemaFaults } from './rules/schema/schema.check.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;
const check = (text: string) =>
  parseManifests(text).flatMap((manifest) =>
    schemaFaults(manifest).map(({ at, problem }) => `${at} ${problem}`),
  );

const policy = (spec: string) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: any }
spec: ${spec}`;
const pod = (container: string) => `
apiVersion: v1
kind: Pod
metadata: { name: any }
spec: { containers: [${container}] }`;

describe('the schemas of Kubernetes', () => {
  it('accept what is right, with fields of any name where names are free', () => {
    expect(
      check(policy('{ podSelector: { matchLabels: { any/label: a } }, policyTypes: [Ingress] }')),
    ).toEqual([]);
    expect(check(pod('{ name: a, resources: { limits: { example.com/gpu: 1, cpu: 50m } } }'))).toEqual([]);
  });

  it.each([
    [
      'a typo',
      pod('{ name: a, securityContext: { runAsNonRooot: true } }'),
      '/spec/containers/0/securityContext/runAsNonRooot is no known field',
    ],
    [
      'a field in the wrong place',
      pod('{ name: a, runAsNonRoot: true }'),
      '/spec/containers/0/runAsNonRoot is no known field',
    ],
    [
      'a missing plural',
      policy('{ podSelector: {}, policyType: [Egress] }'),
      '/spec/policyType is no known field',
    ],
    [
      'an unknown field that is null',
      policy('{ podSelector: {}, nothing: null }'),
      '/spec/nothing is no known field',
    ],
  ])('refuse %s', (_, text, problem) => {
    expect(check(text)).toEqual([problem]);
  });

  it.each([
    [
      'a wrong type',
      pod('{ name: a, ports: [{ containerPort: "8080" }] }'),
      '/spec/containers/0/ports/0/containerPort',
    ],
    ['a text for yes', pod('{ name: a, stdin: "yes" }'), '/spec/containers/0/stdin'],
    [
      'a value that is not one of few',
      pod('{ name: a, imagePullPolicy: Sometimes }'),
      '/spec/containers/0/imagePullPolicy',
    ],
    ['what lacks a required field', pod('{ image: a }'), '/spec/containers/0'],
    [
      'an amount that is none',
      pod('{ name: a, resources: { limits: { cpu: lots } } }'),
      '/spec/containers/0/resources/limits/cpu',
    ],
  ])('refuse %s', (_, text, at) => {
    expect(check(text)).toContainEqual(expect.stringMatching(new RegExp(`^${at} `)));
  });

  it.each(['example.com/v1', 'apps/v1beta1'])('know no kind of %s', (version) => {
    expect(check(`{ apiVersion: ${version}, kind: Deployment, metadata: { name: any } }`)).toEqual([
      `/kind ${version} Deployment is not known`,
    ]);
  });
});

describe.skipIf(kustomizeMissing !== undefined)(`what is rendered${because}`, () => {
  const parts = Object.values(kustomizations).flatMap((list) => list());

  it.each(parts.filter((path) => !kustomizations.components().includes(path)))(
    'keeps to the schemas: %s',
    async (path) => {
      const manifests = await render(path);
      expect(manifests).not.toEqual([]);
      expect(manifests.flatMap(schemaFaults)).toEqual([]);
    },
  );
});
