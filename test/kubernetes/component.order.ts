import type { Manifest } from './manifest.ts';

const order = ['api', 'migrations', 'caller', 'database', 'secrets-store'];

/** By what objects are for. Renderings come by name, which would make tables of a renamed service look different. */
export const inOrder = (objects: readonly Manifest[]): Manifest[] =>
  objects.toSorted((one, other) => rankOf(one) - rankOf(other));

function rankOf({ metadata }: Manifest): number {
  const rank = order.indexOf(metadata.labels?.['app.kubernetes.io/component'] ?? '');
  return rank < 0 ? order.length : rank;
}
