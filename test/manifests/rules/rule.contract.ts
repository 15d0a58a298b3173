import type { Manifest } from '../../kubernetes/manifest.ts';

/** The checks of well-known scanners and standards that look at the same thing, by their own ids. */
export interface Scanners {
  /** Pod Security Standards: names of `k8s.io/pod-security-admission`. */
  readonly pss?: readonly string[];
  readonly checkov?: readonly string[];
  readonly trivy?: readonly string[];
  readonly kubescape?: readonly string[];
  readonly kubeLinter?: readonly string[];
  readonly kubeScore?: readonly string[];
  readonly polaris?: readonly string[];
  readonly kyverno?: readonly string[];
}

/** One hit of a rule. */
export interface Violation {
  /** `Deployment/backend-api`. */
  readonly object: string;
  /** The field as a JSON pointer into the object. */
  readonly path: string;
  readonly problem: string;
  readonly cure: string;
}

/** A rule over everything that is rendered together: one overlay, or one dependency. */
export interface Rule {
  /** Kebab-case; documents and tables refer to it, so it never changes. */
  readonly id: string;
  /** A sentence that says how it has to be. */
  readonly title: string;
  /** The requirement it belongs to, a row of `requirement.catalogue.ts`; none for what only this project asks for. */
  readonly row?: number;
  readonly scanners: Scanners;
  readonly check: (manifests: readonly Manifest[]) => Violation[];
}

/** What is wrong at a place; `at` is a JSON pointer relative to what the check was given. */
export interface Fault {
  readonly at: string;
  readonly problem: string;
  readonly cure: string;
}

/** Shorthand for a fault. */
export const fault = (at: string, problem: string, cure: string): Fault => ({ at, problem, cure });
