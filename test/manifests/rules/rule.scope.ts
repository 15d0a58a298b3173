import { anyObjects, objectsOf, titleOf, type AnyObject } from '../../kubernetes/object.draft.ts';
import { containersOf, podsOf, type ContainerView, type PodView } from '../../kubernetes/pod.view.ts';
import type { Fault, Rule, Violation } from './rule.contract.ts';

type Check = Rule['check'];

const located = (object: string, path: string, faults: readonly Fault[]): Violation[] =>
  faults.map(({ at, problem, cure }) => ({ object, path: path + at, problem, cure }));

/** Checks every object. */
export const perObject =
  (check: (object: AnyObject, all: readonly AnyObject[]) => readonly Fault[]): Check =>
  (manifests) =>
    anyObjects(manifests).flatMap((object) =>
      located(titleOf(object), '', check(object, anyObjects(manifests))),
    );

type Kind = Parameters<typeof objectsOf>[1];

/** Checks every object of one kind, beside everything that is rendered with it. */
export const perKind =
  <K extends Kind>(
    kind: K,
    check: (
      object: ReturnType<typeof objectsOf<K>>[number],
      manifests: Parameters<Check>[0],
    ) => readonly Fault[],
  ): Check =>
  (manifests) =>
    objectsOf(manifests, kind).flatMap((object) =>
      located(titleOf(object as AnyObject), '', check(object, manifests)),
    );

/** Checks every pod, of whatever workload; pointers begin at the pod. */
export const perPod =
  (check: (pod: PodView, manifests: Parameters<Check>[0]) => readonly Fault[]): Check =>
  (manifests) =>
    podsOf(manifests).flatMap((pod) => located(pod.title, pod.path, check(pod, manifests)));

/** Checks every container of every pod, of all three lists; pointers begin at the container. */
export const perContainer =
  (check: (view: ContainerView, manifests: Parameters<Check>[0]) => readonly Fault[]): Check =>
  (manifests) =>
    podsOf(manifests).flatMap((pod) =>
      containersOf(pod).flatMap((view) => located(pod.title, view.path, check(view, manifests))),
    );

/** Both checks as one. */
export const both =
  (...checks: readonly Check[]): Check =>
  (manifests) =>
    checks.flatMap((check) => check(manifests));
