import type { Manifest } from '../../kubernetes/manifest.ts';
import { rules } from '../rules/index.ts';
import type { Rule, Violation } from '../rules/rule.contract.ts';

/** A violation, and which rule it breaks. */
export interface Judgement extends Violation {
  readonly rule: string;
}

/** Everything that rules hold against what is rendered together. */
export const judge = (manifests: readonly Manifest[], by: readonly Rule[] = rules): Judgement[] =>
  by.flatMap(({ id, check }) => check(manifests).map((violation) => ({ rule: id, ...violation })));

/** The ids of the rules that are broken, sorted. */
export const brokenRules = (manifests: readonly Manifest[]): string[] =>
  [...new Set(judge(manifests).map(({ rule }) => rule))].toSorted();
