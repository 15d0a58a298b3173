import type { Rule } from '../rule.contract.ts';
import { statesResources, requestsWithinLimits } from './container.resources.rule.ts';
import { fitsIntoQuota, keepsToLimitRange } from './quota.rule.ts';

export const resourcesRules: readonly Rule[] = [
  statesResources,
  requestsWithinLimits,
  fitsIntoQuota,
  keepsToLimitRange,
];
