import type { Rule } from '../rule.contract.ts';
import { avoidsItsNode, spreadsOverZones, hasPriority } from './placement.rule.ts';
import { hasReplicas, scalesWithinBounds, survivesDrains } from './replica.rule.ts';

export const availabilityRules: readonly Rule[] = [
  avoidsItsNode,
  spreadsOverZones,
  hasPriority,
  hasReplicas,
  scalesWithinBounds,
  survivesDrains,
];
