import type { Rule } from '../rule.contract.ts';
import { bindsItsRole, bindsPeopleOnly, bindsLittleOfTheCluster } from './binding.rule.ts';
import { grantsNoWildcard, grantsNoSecrets, grantsNoWayIn, grantsNoMoreRights } from './role.rule.ts';

export const rbacRules: readonly Rule[] = [
  bindsItsRole,
  bindsPeopleOnly,
  bindsLittleOfTheCluster,
  grantsNoWildcard,
  grantsNoSecrets,
  grantsNoWayIn,
  grantsNoMoreRights,
];
