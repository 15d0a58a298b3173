import type { Rule } from '../rule.contract.ts';
import { keepsSecretsOutOfEnvironment, namesNoSecrets, namesVariablesOnce } from './environment.rule.ts';
import { mountsDirectories, mountsSecretsInOnePlace, restrictsFileModes } from './mount.rule.ts';
import { mountsOwnSecrets, separatesLogins } from './ownership.rule.ts';

export const secretsRules: readonly Rule[] = [
  keepsSecretsOutOfEnvironment,
  namesNoSecrets,
  namesVariablesOnce,
  mountsDirectories,
  mountsSecretsInOnePlace,
  restrictsFileModes,
  mountsOwnSecrets,
  separatesLogins,
];
