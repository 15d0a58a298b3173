import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { reductions } from './policy.parts.ts';
import { truthTable } from './truth.table.ts';
import { worldOf, type World } from './world.ts';

const store = 'k8s/dependencies/openbao';
const overlays = kustomizations.overlays();
/** The overlay in which the store of secrets has all of its clients, so that each of its flows shows. */
const withAllFlows = overlays.find((path) => path.endsWith('/kind-vault'));

const deployed = async (overlay: string): Promise<World> =>
  worldOf([...(await render(overlay)), ...(await render(store))]);

describe.skipIf(kustomizeMissing)(
  `who reaches whom${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    // After a wanted change: npm test -w test -- truth.tables -u, and read the difference.
    it.each(overlays)('in %s is as its committed table says', async (overlay) => {
      const table = truthTable(await deployed(overlay));
      await expect(table).toMatchFileSnapshot(`tables/${basename(overlay)}.md`);
    });

    it.each(overlays)(
      'in %s changes with every policy, rule, peer and port that is taken away',
      async (overlay) => {
        const world = await deployed(overlay);
        const isOwn = ({ metadata: { name, namespace } }: Manifest): boolean =>
          !name.endsWith('(expected)') && (overlay === withAllFlows || namespace !== 'openbao');
        const table = truthTable(world);
        const reduced = reductions(world.policies, isOwn);
        const dead = reduced.filter(({ policies }) => truthTable({ ...world, policies }) === table);
        expect(dead.map(({ part }) => part)).toEqual([]);
        expect(reduced.length).toBeGreaterThan(10);
      },
    );

    it('is everybody, without any policy', async () => {
      const world = await deployed(overlays[0] ?? '');
      expect(truthTable({ ...world, policies: [] })).not.toContain('·');
    });
  },
);
