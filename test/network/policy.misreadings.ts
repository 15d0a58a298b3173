import { listAt, type Fields } from '../kubernetes/field.path.ts';
import type { Manifest } from '../kubernetes/manifest.ts';

type Change = (fields: Fields) => Fields;

const without =
  (field: string): Change =>
  (fields) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));

const inSpec =
  (change: Change) =>
  (policy: Manifest): Manifest => ({ ...policy, spec: change(policy['spec'] as Fields) });

const inRules = (change: Change) =>
  inSpec((spec) => ({
    ...spec,
    ingress: listAt(spec, 'ingress').map((rule) => change(rule)),
    egress: listAt(spec, 'egress').map((rule) => change(rule)),
  }));

const inLists = (change: Change, ...fields: readonly string[]) =>
  inRules((rule) => {
    const present = fields.filter((field) => field in rule);
    const lists = present.map((field) => [field, listAt(rule, field).map((entry) => change(entry))] as const);
    return { ...rule, ...Object.fromEntries(lists) };
  });

const inPeers = (change: Change) => inLists(change, 'from', 'to');
const inPorts = (change: Change) => inLists(change, 'ports');
const inSelector = (change: Change) =>
  inSpec((spec) => ({ ...spec, podSelector: change(spec['podSelector'] as Fields) }));

/** Policies as somebody understands them who gets one semantic wrong: whoever agrees with them hasn't been asked about it. */
export const misreadings: Readonly<Record<string, (policy: Manifest) => Manifest>> = {
  'forgets egress': inSpec((spec) => ({ ...spec, egress: [{}] })),
  'forgets ingress': inSpec((spec) => ({ ...spec, ingress: [{}] })),
  'always takes both directions': inSpec((spec) => ({ ...spec, policyTypes: ['Ingress', 'Egress'] })),
  'applies a policy to every pod': inSpec((spec) => ({ ...spec, podSelector: {} })),
  'overlooks matchLabels': inSelector(without('matchLabels')),
  'overlooks matchExpressions': inSelector(without('matchExpressions')),
  'overlooks except': inPeers((peer) =>
    peer['ipBlock'] === undefined ? peer : { ...peer, ipBlock: without('except')(peer['ipBlock'] as Fields) },
  ),
  'takes a pod selector alone for every namespace': inPeers((peer) =>
    peer['ipBlock'] === undefined ? { namespaceSelector: {}, ...peer } : peer,
  ),
  'reads two selectors of one peer as one': inPeers((peer) =>
    peer['namespaceSelector'] === undefined ? peer : without('podSelector')(peer),
  ),
  'overlooks endPort': inPorts(without('endPort')),
  'overlooks the port': inPorts((port) => without('endPort')(without('port')(port))),
  'takes every protocol for TCP': inPorts(without('protocol')),
  'knows no named ports': inPorts((port) => (typeof port['port'] === 'string' ? { ...port, port: 1 } : port)),
  'takes no peers for nobody': inRules((rule) => {
    const isEmpty = listAt(rule, 'from').length + listAt(rule, 'to').length === 0;
    return isEmpty ? { ports: [{ port: 1 }] } : rule;
  }),
  'takes no ports for none': inRules((rule) =>
    listAt(rule, 'ports').length === 0 ? { ...rule, ports: [{ port: 1 }] } : rule,
  ),
};
