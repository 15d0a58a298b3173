import type { Rule } from '../rule.contract.ts';
import { staysInBudget, fitsIntoServer } from './connection.rule.ts';
import { staysInside, leadsToPort, selectsOneWorkload } from './service.rule.ts';
import { waitsForShutdown } from './shutdown.rule.ts';
import { rollsWithoutGap, namesItsPeers, endsJobs, hasOneWorkloadPerName } from './workload.rule.ts';

export const rolloutRules: readonly Rule[] = [
  staysInBudget,
  fitsIntoServer,
  staysInside,
  leadsToPort,
  selectsOneWorkload,
  waitsForShutdown,
  rollsWithoutGap,
  namesItsPeers,
  endsJobs,
  hasOneWorkloadPerName,
];
