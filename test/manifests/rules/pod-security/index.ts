import type { Rule } from '../rule.contract.ts';
import { hasSelinuxType, hasOwnFileGroup, confinesByAppArmor, separatesUsers } from './confinement.rule.ts';
import {
  hasReadOnlyRoot,
  sizesWritableVolumes,
  mountsReadOnly,
  mountsWhatThereIs,
} from './file-system.rule.ts';
import {
  sharesNoHostNamespace,
  bindsNoHostPort,
  mountsOnlySafeVolumes,
  namesVolumeSources,
  linksNoServices,
} from './host.rule.ts';
import {
  confinesSystemCalls,
  hasDefaultProcMount,
  setsNoSysctls,
  hasNoWindowsOptions,
  probesOnlyItself,
} from './kernel.rule.ts';
import { runsAsNonRoot, hasOwnIds } from './non-root.rule.ts';
import { escalatesNoPrivilege, dropsCapabilities, isNotPrivileged } from './privilege.rule.ts';

export const podSecurityRules: readonly Rule[] = [
  hasSelinuxType,
  hasOwnFileGroup,
  confinesByAppArmor,
  separatesUsers,
  hasReadOnlyRoot,
  sizesWritableVolumes,
  mountsReadOnly,
  mountsWhatThereIs,
  sharesNoHostNamespace,
  bindsNoHostPort,
  mountsOnlySafeVolumes,
  namesVolumeSources,
  linksNoServices,
  confinesSystemCalls,
  hasDefaultProcMount,
  setsNoSysctls,
  hasNoWindowsOptions,
  probesOnlyItself,
  runsAsNonRoot,
  hasOwnIds,
  escalatesNoPrivilege,
  dropsCapabilities,
  isNotPrivileged,
];
