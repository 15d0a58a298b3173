import type { Rule } from '../rule.contract.ts';
import { keepsToSchema } from './schema.rule.ts';

export const schemaRules: readonly Rule[] = [keepsToSchema];
