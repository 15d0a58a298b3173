import type { Rule } from '../rule.contract.ts';
import { configMapsAreOpen, rendersNoSecret } from './config-map.rule.ts';
import {
  statesItsVariables,
  knowsItsVariables,
  isKnownToVault,
  runsItsCommand,
  runsUnderPermissions,
} from './variable.rule.ts';

export const configurationRules: readonly Rule[] = [
  configMapsAreOpen,
  rendersNoSecret,
  statesItsVariables,
  knowsItsVariables,
  isKnownToVault,
  runsItsCommand,
  runsUnderPermissions,
];
