import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAt } from '../kubernetes/field.path.ts';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import { renderDraft } from '../manifests/renderings/kustomization.draft.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { callersNamed } from './expected.callers.ts';
import { isPeer } from './policy.peers.ts';
import { cellOf, titleOf } from './truth.table.ts';
import { worldOf, type World } from './world.ts';

const vault = 'k8s/components/credentials-from-vault';
const store = 'k8s/dependencies/openbao';

/** Every port of others that some sources reach. */
function reachedBy(world: World, isSource: (name: string) => boolean): string[] {
  const reached = world.sources
    .filter(({ name }) => isSource(name))
    .flatMap((from) =>
      world.targets
        .filter((target) => target.endpoint.name !== from.name && cellOf(world, from, target).allowed)
        .map((target) => titleOf(target)),
    );
  return [...new Set(reached)].toSorted();
}

const isApi = (rule: object): boolean => listAt(rule, 'ports').some(({ port }) => port === 8080);
const into = (name: string, targets: readonly string[]): string[] =>
  targets.filter((target) => target.startsWith(`${name}:`));

/** Its callers, as its own policy names them. */
function callersOf({ policies, sources }: World, service: string): string[] {
  const own = policies.filter(({ metadata }) => metadata.name === service);
  const named = callersNamed(own, isApi);
  return sources
    .filter((source) => named.some(({ peer, namespace }) => isPeer(peer, source, namespace)))
    .map(({ name }) => name);
}

describe.skipIf(kustomizeMissing)(`the service${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`, () => {
  let folder = '';
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
      const objects = await renderDraft(folder, { namespace: 'alone', resources, components });
      return worldOf([...objects, ...(components.length > 0 ? await render(store) : []), ...more]);
    };

    it('is reached by the callers that it names, at its API only', async () => {
      const world = await alone();
      const callers = callersOf(world, service);
      expect(callers).not.toEqual([]);
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
      'lets %s reach DNS and Postgres, with OpenBao also that, and nothing else',
      async (name) => {
        const flows = ['DNS:53', 'DNS:53/UDP', 'postgres:5432'];
        const own = (source: string): boolean => source === name;
        expect(reachedBy(await alone(), own)).toEqual(flows);
        expect(reachedBy(await alone([vault]), own)).toEqual([...flows, 'openbao:8200'].toSorted());
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
