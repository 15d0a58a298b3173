import type { Manifest } from '../../kubernetes/manifest.ts';
import { containerChanges, lastingChanges, type Change, type Container } from './container.change.ts';
import type { Tree } from './json.pointer.ts';
import {
  all,
  caller,
  inContainer,
  inPod,
  mutation,
  set,
  type Edit,
  type Mutation,
} from './mutation.contract.ts';

const firstContainer = (object: Manifest): Container =>
  (object as unknown as { spec: { template: { spec: { containers: [Container] } } } }).spec.template.spec
    .containers[0];

/** The ways in which a container gets into a pod; each begins with a good copy of the first. */
const places: Readonly<Record<string, (change: Change) => Edit>> = {
  container: (change) => (object) => set(inContainer(''), change(firstContainer(object)))(object),
  'init container': (change) => (object) => added('initContainers', change, {})(object),
  sidecar: (change) => (object) => added('initContainers', change, { restartPolicy: 'Always' })(object),
  'ephemeral container': (change) => (object) => added('ephemeralContainers', change, {})(object),
};

const added =
  (list: string, change: Change, more: Tree): Edit =>
  (object) =>
    all(set(inPod(`/${list}`), [change({ ...firstContainer(object), ...more, name: 'another' })]))(object);

/** Each wrong in each kind of container. */
export const containerMutations: readonly Mutation[] = Object.entries(places).flatMap(([place, edit]) =>
  [...containerChanges, ...(['container', 'sidecar'].includes(place) ? lastingChanges : [])].map(
    ([title, change, ...breaks]) => mutation(`${place} ${title}`, caller, edit(change), ...breaks),
  ),
);

/** A good container more in each place breaks nothing: what is found is found in what was broken. */
export const containerControls: readonly Mutation[] = Object.entries(places).map(([place, edit]) =>
  mutation(
    `a good ${place}`,
    caller,
    edit((container) => container),
  ),
);
