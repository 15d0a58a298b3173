import type { Manifest } from '../../kubernetes/manifest.ts';
import { pathOf, withValue, without } from './json.pointer.ts';

/** One thing done wrong to one rendered object, and exactly the rules that have to object. */
export interface Mutation {
  readonly title: string;
  readonly of: Target;
  readonly edit: Edit;
  /** Ids of rules. */
  readonly breaks: readonly string[];
}

/** Which object it is: the first of its kind, and of its component where that is named. */
export interface Target {
  readonly kind: string;
  readonly component?: string;
  /** What else it has to be. */
  readonly where?: (object: Manifest) => boolean;
}

/** What becomes of the object: nothing, itself changed, or itself and others. */
export type Edit = (object: Manifest) => readonly Manifest[];

/** Shorthand for a mutation. */
export const mutation = (title: string, of: Target, edit: Edit, ...breaks: string[]): Mutation => ({
  title,
  of,
  edit,
  breaks,
});

/** Sets a field; `-` adds to a list. */
export const set =
  (pointer: string, value: unknown): Edit =>
  (object) => [withValue(object, pathOf(pointer), value)];

/** Forgets a field. */
export const drop =
  (pointer: string): Edit =>
  (object) => [without(object, pathOf(pointer))];

/** Forgets the object. */
export const dropObject: Edit = () => [];

/** One edit after the other. */
export const all =
  (...edits: readonly Edit[]): Edit =>
  (object) =>
    edits.reduce<readonly Manifest[]>((objects, edit) => objects.flatMap(edit), [object]);

/** Keeps the object and adds another, made of it. */
export const beside =
  (edit: Edit): Edit =>
  (object) => [object, ...edit(object)];

const isTarget = (manifest: Manifest, { kind, component, where }: Target): boolean =>
  manifest.kind === kind &&
  (component === undefined || manifest.metadata.labels?.['app.kubernetes.io/component'] === component) &&
  (where === undefined || where(manifest));

/**
 * The manifests of the first rendering that has such an object, with the mutation.
 *
 * @throws Error when no rendering has one
 */
export function mutated(
  renderings: readonly (readonly Manifest[])[],
  { of, edit }: Pick<Mutation, 'of' | 'edit'>,
): Manifest[] {
  for (const manifests of renderings) {
    const object = manifests.find((manifest) => isTarget(manifest, of));
    if (object !== undefined) {
      return manifests.flatMap((manifest) => (manifest === object ? edit(object) : [manifest]));
    }
  }
  throw new Error(`nothing rendered is ${JSON.stringify(of)}`);
}

/** The objects that mutations are about. */
export const service: Target = { kind: 'Deployment', component: 'api' };
export const caller: Target = { kind: 'Deployment', component: 'caller' };
export const migrations: Target = { kind: 'Job', component: 'migrations' };
export const database: Target = { kind: 'StatefulSet', component: 'database' };
export const store: Target = { kind: 'StatefulSet', component: 'secrets-store' };

/** A pointer into the pod of a workload. */
export const inPod = (pointer: string): string => `/spec/template/spec${pointer}`;
/** A pointer into the first container of a workload. */
export const inContainer = (pointer: string): string => inPod(`/containers/0${pointer}`);
