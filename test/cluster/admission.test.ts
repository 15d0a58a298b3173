import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { podSecurityTable } from '../admission/pods/pod.security.table.ts';
import { policyTable } from '../admission/pods/policy.table.ts';
import { servicePod } from '../admission/pods/pod.fixture.ts';
import { createGuardedNamespace, randomName } from '../admission/server/guarded.namespace.ts';
import { render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { apply, kubectl, KubectlError } from './kubectl.command.ts';

const table = [...podSecurityTable, ...policyTable];
const name = randomName();
const added: Manifest[] = [];

const failure = (error: unknown): string => {
  if (error instanceof KubectlError) return error.message;
  throw error;
};

/** Why the API server would refuse an object; empty when it wouldn't. */
const refusalOf = (object: Manifest): Promise<string> =>
  kubectl(['create', '--dry-run=server', '--output=name', '-f', '-'], JSON.stringify(object)).then(
    () => '',
    failure,
  );

const isThere = async ({ kind, metadata }: Manifest): Promise<boolean> => {
  const scope = metadata.namespace === undefined ? [] : ['--namespace', metadata.namespace];
  return (
    (await kubectl(['get', kind, metadata.name, ...scope, '--ignore-not-found', '--output=name'])) !== ''
  );
};

/** What is there is judged as it is; what is missing comes for the time of this test. */
async function addMissing(): Promise<void> {
  for (const object of await render('k8s/cluster/kind')) {
    // oxlint-disable-next-line no-await-in-loop -- few
    if (!(await isThere(object))) added.push(object);
  }
  if (added.length > 0) await apply(added);
}

async function isRefused(object: Manifest, tries = 50): Promise<void> {
  if ((await refusalOf(object)) !== '') return;
  if (tries === 0) throw new Error('the policies are not in force');
  await delay(200);
  await isRefused(object, tries - 1);
}

describe('a pod in a guarded namespace of the cluster', () => {
  let pod: Manifest;
  beforeAll(async () => {
    await addMissing();
    await createGuardedNamespace(
      { apply: (object) => apply([object]).then(() => ({ status: 200, body: {}, message: '' })) },
      { name },
    );
    pod = servicePod(name);
    const firsts = new Map(policyTable.map((row) => [row.by, row]));
    await Promise.all([...firsts.values()].map(({ change }) => isRefused(change(pod))));
  });
  afterAll(async () => {
    await kubectl(['delete', 'namespace', name, '--ignore-not-found', '--wait=false']);
    if (added.length > 0) {
      await kubectl(
        ['delete', '--ignore-not-found', '-f', '-'],
        JSON.stringify({ apiVersion: 'v1', kind: 'List', items: added }),
      );
    }
  });

  it('is admitted as the service deploys it', async () => {
    expect(await refusalOf(pod)).toBe('');
  });

  it.each(table)('is refused by $by when it $title', async ({ change, message }) => {
    expect(await refusalOf(change(pod))).toContain(message);
  });
});
