import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { askCyclonus, cyclonusMissing } from './cyclonus.command.ts';
import { caseOf } from './random.policies.ts';
import { reach } from './reachability.ts';

const sets = 300;
const seed = 20_261_124;
const cases = Array.from(
  { length: sets },
  (_, index) => fc.sample(caseOf(index), { seed: seed + index, numRuns: 1 })[0],
).filter((made) => made !== undefined);
const policies = cases.flatMap((made) => made.policies);
const connections = cases.flatMap((made) => made.connections);

/** What this evaluator says. */
const verdicts = (all: readonly Manifest[]): boolean[] =>
  connections.map((connection) => reach(all, connection).allowed);

/** Connections on which the two don't agree, with the policies that are about them. */
const differences = (ours: readonly boolean[], theirs: readonly boolean[]): object[] =>
  connections.flatMap((connection, index) => {
    if (ours[index] === theirs[index]) return [];
    const places = [connection.from, connection.to].map(({ pod }) => pod?.namespace);
    return [
      {
        connection,
        ours: ours[index],
        about: policies.filter(({ metadata }) => places.includes(metadata.namespace)),
      },
    ];
  });

describe.skipIf(cyclonusMissing)(
  `cyclonus, an independent analyser${cyclonusMissing ? ` (${cyclonusMissing})` : ''}`,
  () => {
    it(`agrees on ${connections.length} connections under ${sets} random sets of policies`, async () => {
      const [ours, theirs] = [verdicts(policies), await askCyclonus(policies, connections)];
      expect(theirs).toHaveLength(connections.length);
      expect(JSON.stringify(differences(ours, theirs).slice(0, 2), null, 1)).toBe('[]');
      // Neither says the same of everything.
      expect(ours.filter(Boolean).length).toBeGreaterThan(connections.length / 10);
      expect(ours.filter((allowed) => !allowed).length).toBeGreaterThan(connections.length / 10);
    });

    it('disagrees when a semantic is wrong: policies that forget their egress', async () => {
      const wrong = policies.map((policy) => ({
        ...policy,
        spec: { ...(policy['spec'] as object), egress: [{}] },
      }));
      expect(differences(verdicts(wrong), await askCyclonus(policies, connections)).length).toBeGreaterThan(
        100,
      );
    });
  },
);
