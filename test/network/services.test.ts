import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kustomizations } from '../kubernetes/catalogue.ts';
import { kustomizeMissing, render } from '../kubernetes/kustomization.ts';
import type { Manifest } from '../kubernetes/manifest.ts';
import { at, listAt } from '../kubernetes/field.path.ts';
import { reach } from './reachability.ts';
import { worldOf, type World } from './world.ts';

/** A service with its Postgres, in a namespace of their own. */
async function alone(path: string): Promise<World> {
  const parts = await Promise.all(
    [path, 'k8s/namespace', 'k8s/dependencies/postgres'].map((part) => render(part)),
  );
  return worldOf(
    parts.flat().map((object): Manifest => {
      const name = object.kind === 'Namespace' ? 'alone' : object.metadata.name;
      return { ...object, metadata: { ...object.metadata, name, namespace: 'alone' } };
    }),
  );
}

/** Every port of others that a source reaches, as `name:port`. */
function reachedBy({ sources, targets, policies }: World, isSource: (name: string) => boolean): string[] {
  const reached = sources
    .filter(({ name }) => isSource(name))
    .flatMap((from) =>
      targets
        .filter(
          ({ endpoint: to, port, protocol }) =>
            to.name !== from.name && reach(policies, { from, to, port, protocol }).allowed,
        )
        .map(({ endpoint, port }) => `${endpoint.name}:${port}`),
    );
  return [...new Set(reached)].toSorted();
}

/** Its callers, as its own policy names them. */
const callersOf = ({ policies }: World, service: string): string[] =>
  policies
    .filter(({ metadata }) => metadata.name === service)
    .flatMap(({ spec }) => listAt(spec, 'ingress'))
    .filter((rule) => listAt(rule, 'ports').some(({ port }) => port === 8080))
    .flatMap((rule) => listAt(rule, 'from'))
    .map(
      (peer) => `${at(peer, 'podSelector', 'matchLabels', 'app.kubernetes.io/name') as string} (expected)`,
    );

describe.skipIf(kustomizeMissing)(`the service${kustomizeMissing ? ` (${kustomizeMissing})` : ''}`, () => {
  describe.each(kustomizations.services())('%s', (path) => {
    const service = basename(path);
    const own = (targets: readonly string[]): string[] =>
      targets.filter((target) => target.startsWith(`${service}:`));

    it('is reached by the callers that it names, at its API only', async () => {
      const world = await alone(path);
      const callers = callersOf(world, service);
      expect(callers).not.toEqual([]);
      for (const caller of callers) {
        expect(own(reachedBy(world, (name) => name === caller))).toEqual([`${service}:8080`]);
      }
    });

    it('shows its metrics to the collector only, and nothing to anybody else', async () => {
      const world = await alone(path);
      const callers = callersOf(world, service);
      expect(own(reachedBy(world, (name) => name === 'prometheus'))).toEqual([`${service}:9464`]);
      expect(own(reachedBy(world, (name) => name !== 'prometheus' && !callers.includes(name)))).toEqual([]);
    });

    it.each([service, `${service}-migrations`])(
      'lets %s reach DNS and Postgres, which lets it in, and nothing else',
      async (name) => {
        const world = await alone(path);
        expect(reachedBy(world, (source) => source === name)).toEqual(['DNS:53', 'postgres:5432']);
      },
    );
  });
});
