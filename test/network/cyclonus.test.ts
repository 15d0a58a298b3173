import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../kubernetes/manifest.ts';
import { askCyclonus, cyclonusMissing } from './cyclonus.command.ts';
import { misreadings } from './policy.misreadings.ts';
import { caseOf } from './random.policies.ts';
import { reach } from './reachability.ts';

const sets = 600;
const seed = 20_261_124;
const cases = Array.from(
  { length: sets },
  (_, index) => fc.sample(caseOf(index), { seed: seed + index, numRuns: 1 })[0],
).filter((made) => made !== undefined);
const policies = cases.flatMap((made) => made.policies);
const connections = cases.flatMap((made) => made.connections);

/** What this evaluator says. */
const verdicts = (read = (policy: Manifest): Manifest => policy): boolean[] =>
  cases.flatMap((made) => {
    const own = made.policies.map((policy) => read(policy));
    return made.connections.map((connection) => reach(own, connection).allowed);
  });

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
    const theirVerdicts = cyclonusMissing ? Promise.resolve([]) : askCyclonus(policies, connections);

    it(`agrees on ${connections.length} connections under ${sets} random sets of policies, from seed ${seed}`, async () => {
      const [ours, theirs] = [verdicts(), await theirVerdicts];
      expect(theirs).toHaveLength(connections.length);
      expect(JSON.stringify(differences(ours, theirs).slice(0, 2), null, 1)).toBe('[]');
      // Neither says the same of everything.
      expect(ours.filter(Boolean).length).toBeGreaterThan(connections.length / 10);
      expect(ours.filter((allowed) => !allowed).length).toBeGreaterThan(connections.length / 10);
    });

    it.each(Object.entries(misreadings))('disagrees with who %s', async (_, misread) => {
      const ours = verdicts(misread);
      expect(differences(ours, await theirVerdicts).length).toBeGreaterThan(20);
    });
  },
);
