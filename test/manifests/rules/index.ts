import { availabilityRules } from './availability/index.ts';
import { configurationRules } from './configuration/index.ts';
import { dependenciesRules } from './dependencies/index.ts';
import { identityRules } from './identity/index.ts';
import { imagesRules } from './images/index.ts';
import { namespaceRules } from './namespace/index.ts';
import { networkRules } from './network/index.ts';
import { podSecurityRules } from './pod-security/index.ts';
import { probesRules } from './probes/index.ts';
import { rbacRules } from './rbac/index.ts';
import { resourcesRules } from './resources/index.ts';
import { rolloutRules } from './rollout/index.ts';
import { schemaRules } from './schema/index.ts';
import { secretsRules } from './secrets/index.ts';
import type { Rule } from './rule.contract.ts';

/** What belongs to no row comes last. */
const rowOf = ({ row = Number.POSITIVE_INFINITY }: Rule): number => row;

/** Every rule over rendered manifests, in the order of the requirements. */
export const rules: readonly Rule[] = [
  availabilityRules,
  configurationRules,
  dependenciesRules,
  identityRules,
  imagesRules,
  namespaceRules,
  networkRules,
  podSecurityRules,
  probesRules,
  rbacRules,
  resourcesRules,
  rolloutRules,
  schemaRules,
  secretsRules,
]
  .flat()
  .toSorted((one, other) => (rowOf(one) === rowOf(other) ? 0 : rowOf(one) - rowOf(other)));

/** Their ids, for documents that name them. */
export const ruleIds: readonly string[] = rules.map(({ id }) => id);
