import * as fc from 'fast-check';
import type { Manifest } from '../kubernetes/manifest.ts';
import type { Connection, Endpoint } from './endpoint.ts';

// Few words, one end at a time, often the named port: otherwise hardly a connection hangs on a single semantic.
const words = ['a', 'b'];
const word = fc.constantFrom(...words);
const labels = fc.record({ app: word, tier: word }, { requiredKeys: ['app'] });
const someLabels = fc.record({ app: word, tier: word }, { requiredKeys: [] });
const namedPort = { name: 'web', port: 8080, protocol: 'TCP' } as const;
const protocol = fc.constantFrom('TCP' as const, 'TCP' as const, 'UDP' as const, 'SCTP' as const);
const numbers = fc.constantFrom(80, 8080, 8080, 8081);

// Only of a label that all have: cyclonus takes NotIn for false where the label is missing, Kubernetes for true.
const notIn = fc.record({ key: fc.constant('app'), operator: fc.constant('NotIn'), values: fc.tuple(word) });
const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom('app', 'tier'),
    operator: fc.constant('In'),
    values: fc.uniqueArray(word, { minLength: 1, maxLength: 2 }),
  }),
  notIn,
  fc.record({ key: fc.constantFrom('app', 'tier'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
);
const selector = fc.oneof(
  fc.record({ matchLabels: someLabels }),
  fc.record({ matchExpressions: fc.array(expression, { minLength: 1, maxLength: 2 }) }),
  fc.record({ matchLabels: someLabels, matchExpressions: fc.tuple(expression) }),
);

const blocks = fc.constantFrom(
  { cidr: '0.0.0.0/0' },
  { cidr: '10.0.0.0/24', except: ['10.0.0.0/26'] },
  { cidr: '203.0.113.0/24', except: ['203.0.113.4/30', '203.0.113.128/25'] },
);
const peer = fc.oneof(
  fc.record({ ipBlock: blocks }),
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ podSelector: selector, namespaceSelector: selector }),
  fc.record({ podSelector: selector, namespaceSelector: selector }),
);
const port = fc.oneof(
  fc.record({ protocol, port: fc.oneof(numbers, fc.constant('web')) }, { requiredKeys: [] }),
  fc.constant({ port: 'web' }),
  fc.record({ protocol, port: fc.constant(80), endPort: fc.constantFrom(80, 8080) }),
  fc.record({ port: fc.constant(80), endPort: fc.constantFrom(8080, 8081) }),
);
const ruleOf = (direction: 'from' | 'to') =>
  fc.record(
    { [direction]: fc.array(peer, { maxLength: 2 }), ports: fc.array(port, { maxLength: 1 }) },
    { requiredKeys: [] },
  );

const specification = fc
  .record({
    podSelector: selector,
    policyTypes: fc.constantFrom<string[]>(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: fc.array(ruleOf('from'), { maxLength: 2 }),
    egress: fc.array(ruleOf('to'), { maxLength: 2 }),
  })
  // Rules for a direction that isn't named count nowhere, but are refused by some readers.
  .map(({ policyTypes, ingress, egress, ...rest }) => ({
    ...rest,
    policyTypes,
    ...(policyTypes.includes('Ingress') ? { ingress } : {}),
    ...(policyTypes.includes('Egress') ? { egress } : {}),
  }));

const namespaces = ['one', 'two'];
const place = fc.constantFrom(...namespaces);

/** A few policies over two namespaces, and connections between pods and outside that they judge. */
export interface Case {
  readonly policies: readonly Manifest[];
  readonly connections: readonly Connection[];
}

/** @param index sets the namespaces apart from those of other cases, so that many can be judged together */
export const caseOf = (index: number): fc.Arbitrary<Case> => {
  const inside = fc
    .record({ namespace: place, labels, host: fc.integer({ min: 1, max: 254 }) })
    .map(({ namespace, labels: own, host }): Endpoint => ({
      name: namespace,
      address: `10.0.0.${host}`,
      // A namespace has one set of labels for all of its pods.
      pod: {
        namespace: `${namespace}-${index}`,
        namespaceLabels: { app: namespace === 'one' ? 'a' : 'b' },
        labels: own,
        ports: [namedPort],
      },
    }));
  const outside = fc
    .integer({ min: 1, max: 254 })
    .map((host): Endpoint => ({ name: 'outside', address: `203.0.113.${host}` }));
  const connection = fc.record({
    from: fc.oneof(inside, inside, outside),
    to: fc.oneof(inside, inside, outside),
    port: numbers,
    protocol,
  });
  const policies = fc.array(fc.record({ namespace: place, spec: specification }), {
    minLength: 1,
    maxLength: 3,
  });
  return fc
    .record({ policies, connections: fc.array(connection, { minLength: 20, maxLength: 20 }) })
    .map((made) => ({
      connections: made.connections,
      policies: made.policies.map(({ namespace, spec }, number) => ({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: `p${number}`, namespace: `${namespace}-${index}` },
        spec,
      })),
    }));
};
