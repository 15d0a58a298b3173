import type { Rule } from '../rule.contract.ts';
import { namesPeers, namesPorts, leadsToPorts, leadsSomewhere, opensSmallBlocks } from './flow.rule.ts';
import { deniesByDefault, isolatesEveryPod } from './isolation.rule.ts';
import { resolvesNames, isWatched, servesItsPort } from './reach.rule.ts';

export const networkRules: readonly Rule[] = [
  namesPeers,
  namesPorts,
  leadsToPorts,
  leadsSomewhere,
  opensSmallBlocks,
  deniesByDefault,
  isolatesEveryPod,
  resolvesNames,
  isWatched,
  servesItsPort,
];
