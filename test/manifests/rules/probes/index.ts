import type { Rule } from '../rule.contract.ts';
import { hasProbes, probesDiffer, probesReachPorts, startsPatiently } from './probe.rule.ts';

export const probesRules: readonly Rule[] = [hasProbes, probesDiffer, probesReachPorts, startsPatiently];
