import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { root } from '../repository.files.ts';
import { overlaysOf, storesOf } from '../tables/deployed.folders.ts';
import { networkTablePath, truthTablesOf } from '../tables/truth.tables.ts';
import { reductions } from './policy.parts.ts';
import { deadParts, differences } from './truth.differences.ts';
import { truthTable } from './truth.table.ts';
import { worldOf, type World } from './world.ts';

const overlays = overlaysOf(root);
/** The overlay in which the store of secrets has all of its clients, so that each of its flows shows. */
const withAllFlows = overlays.find((path) => path.endsWith('/kind-vault'));

const tables = join(import.meta.dirname, 'tables');
const fileOf = (overlay: string): string => join(root, networkTablePath(overlay));
// Before any test writes one.
const there = readdirSync(tables).toSorted();
const committed = (overlay: string): string =>
  existsSync(fileOf(overlay)) ? readFileSync(fileOf(overlay), 'utf8') : '';

const deployed = async (overlay: string): Promise<World> =>
  worldOf((await Promise.all([overlay, ...storesOf(root)].map((path) => render(path)))).flat());

describe.skipIf(kustomizeMissing)(
  `who reaches whom${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`,
  () => {
    it('has a committed table for each overlay, and no other', () => {
      expect(there).toEqual(overlays.map((overlay) => `${basename(overlay)}.md`).toSorted());
    });

    // After a wanted change: npm test -w test -- truth.tables -u, and read the difference.
    it.each(overlays)('in %s is as its committed table says', async (overlay) => {
      const world = await deployed(overlay);
      const why = differences(world, committed(overlay)).join('\n');
      const table = (await truthTablesOf(root, render)).get(networkTablePath(overlay));
      await expect(table, why).toMatchFileSnapshot(fileOf(overlay));
    });

    it.each(overlays)(
      'in %s changes with every policy, rule, peer, port and default that is taken away',
      async (overlay) => {
        const world = await deployed(overlay);
        const isOwn = ({ metadata: { name, namespace } }: Manifest): boolean =>
          !name.endsWith('(expected)') && (overlay === withAllFlows || namespace !== 'openbao');
        const reduced = reductions(world.policies, isOwn);
        expect(deadParts(world, reduced)).toEqual([]);
        expect(reduced.length).toBeGreaterThan(10);
      },
    );

    it('stays the same without what another policy gives too, and so shows it', async () => {
      const world = await deployed(overlays[0] ?? '');
      const [twice] = world.policies.filter(({ metadata }) => metadata.name === 'default-deny');
      const policies = [...world.policies, ...(twice === undefined ? [] : [{ ...twice }])];
      const reduced = reductions(policies, (policy) => policy === twice);
      expect(deadParts({ ...world, policies }, reduced)).toContain('default-deny');
    });

    it('names a cell that differs, and the policies that make it so', async () => {
      const world = await deployed(overlays[0] ?? '');
      const policies = world.policies.filter(({ metadata }) => metadata.name !== 'default-deny');
      const found = differences({ ...world, policies }, truthTable(world));
      expect(found).toContainEqual(
        expect.stringMatching(/^stranger in .* → internet:443 is ✓, committed: · \(out open: no policy, /),
      );
      expect(differences(world, truthTable(world))).toEqual([]);
    });

    it('is everybody, without any policy', async () => {
      const world = await deployed(overlays[0] ?? '');
      expect(truthTable({ ...world, policies: [] })).not.toContain('·');
    });
  },
);
