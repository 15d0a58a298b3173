import { listAt, type Fields } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { strings } from './rights.ts';

const inRules =
  (change: (rule: Fields) => Fields) =>
  (object: Manifest): Manifest =>
    'rules' in object ? { ...object, rules: listAt(object, 'rules').map((rule) => change(rule)) } : object;
const inResources = (change: (resource: string) => string) =>
  inRules((rule) => ({ ...rule, resources: strings(rule, 'resources').map((one) => change(one)) }));

/** Roles and bindings as somebody understands them who gets one semantic wrong. */
export const misreadings: Readonly<Record<string, (object: Manifest) => Manifest>> = {
  'overlooks resourceNames': inRules((rule) => ({ ...rule, resourceNames: [] })),
  'overlooks apiGroups': inRules((rule) => ({ ...rule, apiGroups: ['*'] })),
  'overlooks the verbs': inRules((rule) => ({ ...rule, verbs: ['*'] })),
  'takes a star for a word': inResources((one) => (one === '*' ? 'star' : one)),
  'takes a resource for its subresources too': inResources((one) => (one === 'pods' ? '*' : one)),
  'takes pods/* for what is below pods': inResources((one) => (one === 'pods/*' ? 'pods/exec' : one)),
  'knows no */scale': inResources((one) => (one === '*/scale' ? 'none' : one)),
  'overlooks paths': inRules((rule) => ({ ...rule, nonResourceURLs: [] })),
  'takes a binding for everywhere': (object) =>
    object.kind === 'RoleBinding' && (object['roleRef'] as Fields)['kind'] === 'ClusterRole'
      ? { ...object, kind: 'ClusterRoleBinding' }
      : object,
  'overlooks the namespace of an account': (object) =>
    'subjects' in object
      ? { ...object, subjects: listAt(object, 'subjects').map((one) => ({ ...one, namespace: 'one' })) }
      : object,
};
