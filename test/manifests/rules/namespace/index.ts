import type { Rule } from '../rule.contract.ts';
import { hasLabels, isLabelledByItsName } from './label.rule.ts';
import { namesItsNamespace, guardsNamespaces, limitsNamespaces } from './namespace.rule.ts';

export const namespaceRules: readonly Rule[] = [
  hasLabels,
  isLabelledByItsName,
  namesItsNamespace,
  guardsNamespaces,
  limitsNamespaces,
];
