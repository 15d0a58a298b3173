import type { Rule } from '../rule.contract.ts';
import { postgresIsStrict, vaultIsStrict } from './server.rule.ts';

export const dependenciesRules: readonly Rule[] = [postgresIsStrict, vaultIsStrict];
