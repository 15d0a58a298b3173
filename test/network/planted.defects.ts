import { listAt, type Fields } from '../kubernetes/field.path.ts';

/** A policy that lets too much through. Pods are named by what they are for: `{api}`, `{caller}`. */
export interface Defect {
  readonly title: string;
  /** The component whose policies have it; `guard` is the default of a namespace. */
  readonly component: string;
  readonly widen: (spec: Fields) => Fields;
  /** A connection that comes about by it. */
  readonly opens: string;
}

const out = (rule: Fields) => (spec: Fields) => ({ ...spec, egress: [...listAt(spec, 'egress'), rule] });
const into = (rule: Fields) => (spec: Fields) => ({ ...spec, ingress: [...listAt(spec, 'ingress'), rule] });
const outTo = (cidr: string) => out({ to: [{ ipBlock: { cidr } }] });

/** The peers of ingress rules for a port, each changed. */
const callersOn = (port: number, change: (peer: Fields) => Fields) => (spec: Fields) => ({
  ...spec,
  ingress: listAt(spec, 'ingress').map((rule) =>
    listAt(rule, 'ports').some((one) => one['port'] === port)
      ? { ...rule, from: listAt(rule, 'from').map((peer) => change(peer)) }
      : rule,
  ),
});
const ofAnyNamespace = (peer: Fields): Fields => ({ ...peer, namespaceSelector: {} });

export const defects: readonly Defect[] = [
  {
    title: 'the default of a namespace is for egress only',
    component: 'guard',
    widen: (spec) => ({ ...spec, policyTypes: ['Egress'] }),
    opens: 'stranger elsewhere → stranger in {home}:8080',
  },
  {
    title: 'the default of a namespace is for ingress only',
    component: 'guard',
    widen: (spec) => ({ ...spec, policyTypes: ['Ingress'] }),
    opens: 'stranger in {home} → internet:443',
  },
  {
    title: 'migrations are let into',
    component: 'migrations',
    widen: into({}),
    opens: 'stranger elsewhere → {migrations}:8080',
  },
  {
    title: 'callers are labels in any namespace',
    component: 'api',
    widen: callersOn(8080, ofAnyNamespace),
    opens: '{caller} elsewhere → {api}:8080',
  },
  {
    title: 'the collector is its label in any namespace',
    component: 'api',
    widen: callersOn(9464, ofAnyNamespace),
    opens: 'prometheus elsewhere → {api}:9464',
  },
  {
    title: 'the collector is its whole namespace',
    component: 'api',
    widen: callersOn(9464, ({ namespaceSelector }) => ({ namespaceSelector })),
    opens: 'stranger in monitoring → {api}:9464',
  },
  {
    title: 'clients of the store are labels in a namespace that nobody guards',
    component: 'secrets-store',
    widen: callersOn(8200, ofAnyNamespace),
    opens: '{api} elsewhere → {secrets-store}:8200',
  },
  {
    title: 'a caller reaches any namespace',
    component: 'caller',
    widen: out({ to: [{ namespaceSelector: {} }] }),
    opens: '{caller} → stranger elsewhere:8080',
  },
  {
    title: 'the service reaches the internet',
    component: 'api',
    widen: outTo('0.0.0.0/0'),
    opens: '{api} → internet:443',
  },
  {
    title: 'the service reaches the internet over IPv6',
    component: 'api',
    widen: outTo('::/0'),
    opens: '{api} → internet over IPv6:443',
  },
  {
    title: 'migrations reach the metadata address',
    component: 'migrations',
    widen: outTo('169.254.0.0/16'),
    opens: '{migrations} → metadata address:80',
  },
  {
    title: 'the store reaches every port of its node',
    component: 'secrets-store',
    widen: outTo('172.18.0.0/16'),
    opens: '{secrets-store} → API server:443',
  },
];
