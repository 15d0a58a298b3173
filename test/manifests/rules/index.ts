import { hasReplicas, scalesWithinBounds, survivesDrains } from './availability/replica.rule.ts';
import { avoidsItsNode, hasPriority, spreadsOverZones } from './availability/placement.rule.ts';
import { configMapsAreOpen, rendersNoSecret } from './configuration/config-map.rule.ts';
import {
  isKnownToVault,
  knowsItsVariables,
  runsItsCommand,
  runsUnderPermissions,
  statesItsVariables,
} from './configuration/variable.rule.ts';
import { postgresIsStrict, vaultIsStrict } from './dependencies/server.rule.ts';
import { accountsAreUsed, bindsTokens, hasOwnAccount, mountsNoToken } from './identity/account.rule.ts';
import { imagesArePulled, imagesAreTrusted, imagesHaveDigests } from './images/image.rule.ts';
import { hasLabels, isLabelledByItsName } from './namespace/label.rule.ts';
import { guardsNamespaces, limitsNamespaces, namesItsNamespace } from './namespace/namespace.rule.ts';
import {
  leadsSomewhere,
  leadsToPorts,
  namesPeers,
  namesPorts,
  opensSmallBlocks,
} from './network/flow.rule.ts';
import { deniesByDefault, isolatesEveryPod } from './network/isolation.rule.ts';
import { isWatched, resolvesNames, servesItsPort } from './network/reach.rule.ts';
import {
  confinesByAppArmor,
  hasOwnFileGroup,
  hasSelinuxType,
  separatesUsers,
} from './pod-security/confinement.rule.ts';
import {
  hasReadOnlyRoot,
  mountsReadOnly,
  mountsWhatThereIs,
  sizesWritableVolumes,
} from './pod-security/file-system.rule.ts';
import {
  bindsNoHostPort,
  linksNoServices,
  mountsOnlySafeVolumes,
  namesVolumeSources,
  sharesNoHostNamespace,
} from './pod-security/host.rule.ts';
import {
  confinesSystemCalls,
  hasDefaultProcMount,
  hasNoWindowsOptions,
  probesOnlyItself,
  setsNoSysctls,
} from './pod-security/kernel.rule.ts';
import { hasOwnIds, runsAsNonRoot } from './pod-security/non-root.rule.ts';
import { dropsCapabilities, escalatesNoPrivilege, isNotPrivileged } from './pod-security/privilege.rule.ts';
import { hasProbes, probesDiffer, probesReachPorts, startsPatiently } from './probes/probe.rule.ts';
import { bindsItsRole, bindsLittleOfTheCluster, bindsPeopleOnly } from './rbac/binding.rule.ts';
import { grantsNoMoreRights, grantsNoSecrets, grantsNoWayIn, grantsNoWildcard } from './rbac/role.rule.ts';
import { requestsWithinLimits, statesResources } from './resources/container.resources.rule.ts';
import { fitsIntoQuota, keepsToLimitRange } from './resources/quota.rule.ts';
import { fitsIntoServer, staysInBudget } from './rollout/connection.rule.ts';
import { leadsToPort, selectsOneWorkload, staysInside } from './rollout/service.rule.ts';
import { waitsForShutdown } from './rollout/shutdown.rule.ts';
import { endsJobs, hasOneWorkloadPerName, namesItsPeers, rollsWithoutGap } from './rollout/workload.rule.ts';
import type { Rule } from './rule.contract.ts';
import { keepsToSchema } from './schema/schema.rule.ts';
import {
  keepsSecretsOutOfEnvironment,
  namesNoSecrets,
  namesVariablesOnce,
} from './secrets/environment.rule.ts';
import { mountsDirectories, mountsSecretsInOnePlace, restrictsFileModes } from './secrets/mount.rule.ts';
import { mountsOwnSecrets, separatesLogins } from './secrets/ownership.rule.ts';

/** Every rule over rendered manifests, in the order of the requirements; those of our own come last. */
export const rules: readonly Rule[] = [
  runsAsNonRoot,
  hasOwnIds,
  separatesUsers,
  escalatesNoPrivilege,
  dropsCapabilities,
  hasReadOnlyRoot,
  sizesWritableVolumes,
  mountsReadOnly,
  confinesSystemCalls,
  isNotPrivileged,
  sharesNoHostNamespace,
  bindsNoHostPort,
  confinesByAppArmor,
  hasDefaultProcMount,
  setsNoSysctls,
  hasNoWindowsOptions,
  probesOnlyItself,
  mountsOnlySafeVolumes,
  namesVolumeSources,
  hasSelinuxType,
  hasOwnFileGroup,
  mountsNoToken,
  bindsTokens,
  hasOwnAccount,
  accountsAreUsed,
  grantsNoWildcard,
  grantsNoSecrets,
  grantsNoWayIn,
  grantsNoMoreRights,
  bindsItsRole,
  bindsPeopleOnly,
  bindsLittleOfTheCluster,
  statesResources,
  requestsWithinLimits,
  imagesHaveDigests,
  imagesArePulled,
  imagesAreTrusted,
  keepsSecretsOutOfEnvironment,
  mountsSecretsInOnePlace,
  restrictsFileModes,
  mountsOwnSecrets,
  separatesLogins,
  namesNoSecrets,
  namesVariablesOnce,
  configMapsAreOpen,
  rendersNoSecret,
  namesItsNamespace,
  hasProbes,
  probesDiffer,
  probesReachPorts,
  startsPatiently,
  deniesByDefault,
  isolatesEveryPod,
  namesPeers,
  namesPorts,
  leadsToPorts,
  leadsSomewhere,
  opensSmallBlocks,
  resolvesNames,
  isWatched,
  servesItsPort,
  survivesDrains,
  hasReplicas,
  scalesWithinBounds,
  avoidsItsNode,
  spreadsOverZones,
  hasPriority,
  hasLabels,
  isLabelledByItsName,
  limitsNamespaces,
  fitsIntoQuota,
  keepsToLimitRange,
  guardsNamespaces,
  rollsWithoutGap,
  namesItsPeers,
  endsJobs,
  staysInside,
  leadsToPort,
  selectsOneWorkload,
  waitsForShutdown,
  keepsToSchema,
  mountsWhatThereIs,
  mountsDirectories,
  linksNoServices,
  hasOneWorkloadPerName,
  staysInBudget,
  fitsIntoServer,
  statesItsVariables,
  knowsItsVariables,
  isKnownToVault,
  runsItsCommand,
  runsUnderPermissions,
  postgresIsStrict,
  vaultIsStrict,
];
