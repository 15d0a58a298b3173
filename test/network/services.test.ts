import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { renderDraft } from '../manifests/renderings/kustomization.draft.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { root } from '../repository.files.ts';
import { storesOf } from '../tables/deployed.folders.ts';
import { callersOf, into, namedBeyond, reachedBy } from './service.flows.ts';
import { worldOf, type World } from './world.ts';

const vault = 'k8s/components/credentials-from-vault';

/** What everybody of a service reaches: names, its database, with the component its store of secrets. */
const usual = ['DNS:53', 'DNS:53/UDP', 'postgres:5432'];
const usualWithStore = [...usual, 'openbao:8200'];

describe.skipIf(kustomizeMissing)(`the service${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`, () => {
  let folder = '';
  const rendered = new Map<string, Promise<readonly Manifest[]>>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'network-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  describe.each(kustomizations.services())('%s', (path) => {
    const service = basename(path);
    const migrations = `${service}-migrations`;

    /** It with its Postgres, in a namespace of its own. */
    const alone = async (components: string[] = [], more: readonly Manifest[] = []): Promise<World> => {
      const resources = ['k8s/namespace', path, 'k8s/dependencies/postgres'];
      const key = `${path} ${components.join()}`;
      const objects = rendered.get(key) ?? renderDraft(folder, { namespace: 'alone', resources, components });
      rendered.set(key, objects);
      const beside = components.length > 0 ? await Promise.all(storesOf(root).map(render)) : [];
      return worldOf([...(await objects), ...beside.flat(), ...more]);
    };

    it('is reached by the callers that it names, at its API only', async () => {
      const world = await alone();
      const callers = callersOf(world, service);
      expect(callers.filter((name) => /^(?:stranger|prometheus)/.test(name))).toEqual([]);
      for (const caller of callers) {
        expect(
          into(
            service,
            reachedBy(world, (name) => name === caller),
          ),
        ).toEqual([`${service}:8080`]);
      }
    });

    it('shows its metrics to the collector only, and nothing to anybody else', async () => {
      const world = await alone();
      const callers = callersOf(world, service);
      const others = reachedBy(world, (name) => name !== 'prometheus' && !callers.includes(name));
      expect(
        into(
          service,
          reachedBy(world, (name) => name === 'prometheus'),
        ),
      ).toEqual([`${service}:9464`]);
      expect(into(service, others)).toEqual([]);
    });

    it('lets nobody into its migrations', async () => {
      expect(
        into(
          migrations,
          reachedBy(await alone(), () => true),
        ),
      ).toEqual([]);
    });

    it.each([service, migrations])(
      'lets %s reach DNS and Postgres, with OpenBao also that, and otherwise only what its policy names',
      async (name) => {
        for (const [world, flows] of [
          [await alone(), usual],
          [await alone([vault]), usualWithStore],
        ] as const) {
          const reached = reachedBy(world, (source) => source === name);
          expect(reached).toEqual(expect.arrayContaining([...flows]));
          // What it names may have to let it in itself.
          const named = new Set([...flows, ...namedBeyond(world, name, flows)]);
          expect(reached.filter((target) => !named.has(target))).toEqual([]);
        }
      },
    );

    it('is told apart from one that lets everything through', async () => {
      const wide: Manifest = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'wide', namespace: 'alone' },
        spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] },
      };
      const world = await alone([], [wide]);
      const stranger = reachedBy(world, (name) => name === 'stranger elsewhere');
      expect(into(service, stranger)).toEqual(expect.arrayContaining([`${service}:8080`, `${service}:9464`]));
      expect(into(migrations, stranger)).not.toEqual([]);
      expect(reachedBy(world, (name) => name === service)).toContain('internet:443');
    });
  });
});
