import type { Rule } from '../rule.contract.ts';
import { hasOwnAccount, accountsAreUsed, mountsNoToken, bindsTokens } from './account.rule.ts';

export const identityRules: readonly Rule[] = [hasOwnAccount, accountsAreUsed, mountsNoToken, bindsTokens];
