import type { Manifest } from '../kubernetes/manifest.ts';
import { podTemplates, type Container, type PodTemplate } from '../kubernetes/pod.template.ts';

/** One break of a rule. */
export interface Violation {
  readonly rule: string;
  /** `Deployment/backend-api`. */
  readonly object: string;
  /** Where in the object, what is wrong there, and what is expected. */
  readonly problem: string;
}

/** What a rule is: the facts of it, for the table in docs/hardening.md. */
export interface RuleFacts {
  /** Stays as it is: exceptions and documents name it. */
  readonly id: string;
  /** One sentence. */
  readonly title: string;
  /** Number in the list of hardening rules, docs/controls.md. */
  readonly row: number;
  /** Whoever else checks it, with the scanner's own ids. */
  readonly scanners: string;
}

export interface Rule extends RuleFacts {
  readonly check: (objects: readonly Manifest[]) => Violation[];
}

type Problems = readonly (string | undefined | false)[];

const violations = (facts: RuleFacts, object: string, place: string, problems: Problems): Violation[] =>
  problems
    .filter((problem) => typeof problem === 'string')
    .map((problem) => ({ rule: facts.id, object, problem: place ? `${place}: ${problem}` : problem }));

/** A rule on each pod template. */
export const everyPod = (
  facts: RuleFacts,
  problemsOf: (pod: PodTemplate, objects: readonly Manifest[]) => Problems,
): Rule => ({
  ...facts,
  check: (objects) =>
    podTemplates(objects).flatMap((pod) => violations(facts, pod.name, '', problemsOf(pod, objects))),
});

/** A rule on each container of every kind: init, sidecar and ephemeral ones too. */
export const everyContainer = (
  facts: RuleFacts,
  problemsOf: (container: Container, pod: PodTemplate, objects: readonly Manifest[]) => Problems,
): Rule => ({
  ...facts,
  check: (objects) =>
    podTemplates(objects).flatMap((pod) =>
      pod.containers.flatMap((container) =>
        violations(facts, pod.name, container.place, problemsOf(container, pod, objects)),
      ),
    ),
});

/** A rule on each object of some kinds; all kinds when none is named. */
export const everyObject = (
  facts: RuleFacts,
  kinds: readonly string[],
  problemsOf: (object: Manifest, objects: readonly Manifest[]) => Problems,
): Rule => ({
  ...facts,
  check: (objects) =>
    objects
      .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
      .flatMap((object) =>
        violations(facts, `${object.kind}/${object.metadata.name}`, '', problemsOf(object, objects)),
      ),
});
