import { describe, expect, it } from 'vitest';
import { kustomizeMissing } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { samples } from '../samples/rendering.samples.ts';
import { brokenRules } from './judgement/manifest.judge.ts';
import { inContainer, drop, migrations, mutated, type Edit } from './mutations/mutation.contract.ts';

const because = kustomizeMissing === undefined ? '' : ` (skipped: ${kustomizeMissing})`;
const unsafe = [
  'capabilities-dropped',
  'no-privilege-escalation',
  'not-privileged',
  'numeric-own-ids',
  'read-only-root',
  'run-as-non-root',
  'seccomp-runtime-default',
];

const templateOf = (object: Manifest) =>
  (object['spec'] as { template: { metadata: object; spec: object } }).template;
const as =
  (apiVersion: string, kind: string, spec: (template: ReturnType<typeof templateOf>) => object): Edit =>
  (object) => [{ ...object, apiVersion, kind, spec: spec(templateOf(object)) }];

const workloads: Readonly<Record<string, Edit>> = {
  Deployment: as('apps/v1', 'Deployment', (template) => ({ template })),
  StatefulSet: as('apps/v1', 'StatefulSet', (template) => ({ template })),
  DaemonSet: as('apps/v1', 'DaemonSet', (template) => ({ template })),
  ReplicaSet: as('apps/v1', 'ReplicaSet', (template) => ({ template })),
  Job: (object) => [object],
  CronJob: as('batch/v1', 'CronJob', (template) => ({ jobTemplate: { spec: { template } } })),
  Pod: as('v1', 'Pod', ({ spec }) => spec),
};

describe.skipIf(kustomizeMissing !== undefined)(`the rules${because}`, () => {
  const renderings = samples().map(([, objects]) => objects);

  it.each(Object.entries(workloads))('look into a %s', (_, edit) => {
    const good = mutated(renderings, { of: migrations, edit });
    const bad = mutated(renderings, {
      of: migrations,
      edit: (object) => drop(inContainer('/securityContext'))(object).flatMap(edit),
    });

    expect(brokenRules(good).filter((rule) => unsafe.includes(rule))).toEqual([]);
    expect(brokenRules(bad)).toEqual(expect.arrayContaining(unsafe));
  });
});
