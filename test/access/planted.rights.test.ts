import { describe, expect, it } from 'vitest';
import { listAt } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { sampleAt } from '../samples/rendering.samples.ts';
import { accessTable, allowedVerbs, builtIn, namespaceOf } from './access.table.ts';
import { questionAbout } from './questions.ts';
import { subjectsOf } from './subjects.ts';

const granted = (resource: string, verb: string, more: object = {}) => ({
  apiGroups: [''],
  resources: [resource],
  verbs: [verb],
  ...more,
});

/** The objects with one more rule for the people on call. */
const withRule = (objects: readonly Manifest[], rule: object): Manifest[] =>
  objects.map((object) =>
    object.kind === 'Role' && object.metadata.name === 'on-call'
      ? { ...object, rules: [...listAt(object, 'rules'), rule] }
      : object,
  );

const binding = (kind: string, roleRef: object, subject: object, namespace?: string): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'planted', ...(namespace === undefined ? {} : { namespace }) },
  roleRef,
  subjects: [subject],
});

const objects = [...sampleAt('k8s/overlays/kind'), ...builtIn];
const namespace = namespaceOf(objects);

describe('too wide a right', () => {
  it.each([
    ['to read Secrets', granted('secrets', 'get')],
    ['to read one Secret', granted('secrets', 'get', { resourceNames: ['db-credentials'] })],
    ['to change Secrets, which shows them', granted('secrets', 'patch')],
    ['to do anything', granted('*', '*', { apiGroups: ['*'] })],
    ['to read everything', granted('*', 'get')],
  ])('shows as one on Secrets: %s', (_, rule) => {
    const wider = withRule(objects, rule);
    const readers = subjectsOf(wider).filter(
      (subject) => allowedVerbs(wider, subject, questionAbout(wider, 'secrets'), namespace).length > 0,
    );
    expect(readers.map(({ name }) => name)).toEqual(['group demo-team-on-call']);
  });

  it.each([
    ['to enter a pod over a WebSocket', granted('pods/exec', 'get')],
    ['to reach a pod through the API server', granted('pods/proxy', 'get')],
    ['to change a pod', granted('pods', 'update')],
    ['to delete configuration', granted('configmaps', 'delete')],
    ['to delete all pods at once', granted('pods', 'deletecollection')],
    ['to make what runs everywhere', granted('daemonsets', 'create', { apiGroups: ['apps'] })],
    ['to scale', granted('deployments/scale', 'patch', { apiGroups: ['apps'] })],
    ['to open a way in', granted('ingresses', 'create', { apiGroups: ['networking.k8s.io'] })],
    ['of a kind nobody knows', granted('externalsecrets', 'create', { apiGroups: ['external-secrets.io'] })],
    ['of a subresource nobody knows', granted('pods/resize', 'patch')],
    ['of a verb nobody knows', granted('pods', 'approve')],
    ['to read everything everywhere', granted('*', 'get', { apiGroups: ['*'] })],
    ['to be an account', granted('serviceaccounts', 'impersonate')],
  ])('shows in the table: %s', (_, rule) => {
    expect(accessTable(withRule(objects, rule), namespace)).not.toBe(accessTable(objects, namespace));
  });

  it.each([
    ['a user', { kind: 'User', name: 'jane' }, 'user jane'],
    ['an account of another namespace', { kind: 'ServiceAccount', name: 'ci', namespace: 'x' }, 'account ci'],
    ['all accounts', { kind: 'Group', name: 'system:serviceaccounts' }, 'account default'],
    ['all who logged in', { kind: 'Group', name: 'system:authenticated' }, 'anybody'],
  ])('shows in the table, also when it is of %s', (_, subject, name) => {
    const wider = [...objects, binding('RoleBinding', { kind: 'Role', name: 'on-call' }, subject, namespace)];
    const found = subjectsOf(wider).find((one) => one.name === name);
    expect(found && allowedVerbs(wider, found, questionAbout(wider, 'pods'), namespace)).toContain('list');
  });

  it('is an error when it leads to a role that nobody knows', () => {
    const team = { kind: 'Group', name: 'demo-team-on-call' };
    for (const name of ['edit', 'cluster-admin']) {
      const wider = [...objects, binding('ClusterRoleBinding', { kind: 'ClusterRole', name }, team)];
      expect(() => accessTable(wider, namespace)).toThrow(name);
    }
  });
});
