import type { Manifest } from '../../kubernetes/manifest.ts';
import type { Rule, Violation } from '../rule.ts';
import { availabilityRules } from './availability.rules.ts';
import { capacityRules } from './capacity.rules.ts';
import { identityRules } from './identity.rules.ts';
import { imageRules } from './image.rules.ts';
import { namespaceRules } from './namespace.rules.ts';
import { networkRules } from './network.rules.ts';
import { podSecurityRules } from './pod.security.rules.ts';
import { podSurroundingsRules } from './pod.surroundings.rules.ts';
import { rolloutRules } from './rollout.rules.ts';
import { secretRules } from './secret.rules.ts';

/** All rules on rendered manifests, in the order of docs/hardening.md. */
export const rules: readonly Rule[] = [
  ...podSecurityRules,
  ...podSurroundingsRules,
  ...identityRules,
  ...imageRules,
  ...secretRules,
  ...namespaceRules,
  ...networkRules,
  ...availabilityRules,
  ...rolloutRules,
  ...capacityRules,
].toSorted((one, other) => one.row - other.row);

/** What the rules find in all that is deployed together. */
export const judge = (objects: readonly Manifest[]): Violation[] =>
  rules.flatMap((rule) => rule.check(objects));
