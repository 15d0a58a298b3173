import { listAt } from '../kubernetes/field.path.ts';
import { callersNamed } from './expected.callers.ts';
import { isPeer } from './policy.peers.ts';
import { cellsUnder, titleOf } from './truth.table.ts';
import type { World } from './world.ts';

/** Every port of others that some sources reach. */
export function reachedBy(world: World, isSource: (name: string) => boolean): string[] {
  const cell = cellsUnder(world.policies);
  const reached = world.sources
    .filter(({ name }) => isSource(name))
    .flatMap((from) =>
      world.targets
        .filter((target) => target.endpoint.name !== from.name && cell(from, target).allowed)
        .map((target) => titleOf(target)),
    );
  return [...new Set(reached)].toSorted();
}

const isApi = (rule: object): boolean => listAt(rule, 'ports').some(({ port }) => port === 8080);
/** Those of some targets that are of one pod. */
export const into = (name: string, targets: readonly string[]): string[] =>
  targets.filter((target) => target.startsWith(`${name}:`));

/** Its callers, as its own policy names them. */
export function callersOf({ policies, sources }: World, service: string): string[] {
  const own = policies.filter(({ metadata }) => metadata.name === service);
  const named = callersNamed(own, isApi);
  return sources
    .filter((source) => named.some(({ peer, namespace }) => isPeer(peer, source, namespace)))
    .map(({ name }) => name);
}

/** What its own policy names beyond that: other services, addresses, other namespaces. */
export function namedBeyond({ policies, targets }: World, name: string, known: readonly string[]): string[] {
  const own = policies.filter(({ metadata }) => metadata.name === name);
  const rules = own.flatMap(({ spec, metadata }) =>
    listAt(spec, 'egress').map((rule) => ({ rule, namespace: metadata.namespace ?? '' })),
  );
  return targets
    .filter((target) =>
      rules.some(
        ({ rule, namespace }) =>
          listAt(rule, 'ports').some(({ port }) => port === target.port) &&
          listAt(rule, 'to').some((peer) => isPeer(peer, target.endpoint, namespace)),
      ),
    )
    .map((target) => titleOf(target))
    .filter((title) => !known.includes(title));
}
