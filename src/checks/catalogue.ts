import type { Check } from './check.ts';
import { clusterVersionUnsupported } from './cluster/cluster-version.ts';
import { dangerousCapability, netRawCapability } from './containers/capabilities.ts';
import { ephemeralDebugContainer } from './containers/ephemeral.ts';
import { privilegedPortBound, sshPortExposed } from './containers/ports.ts';
import { securityContextMissing, writableRootFilesystem } from './containers/security-context.ts';
import { runAsLowId, runAsRootGroup } from './containers/users.ts';
import { imageDigestNotPinned, imageTagMutable } from './images/images.ts';
import { imagePullPolicyNotAlways } from './images/pull-policy.ts';
import { imageRegistryDeprecated, imageRegistryNotAllowed } from './images/registries.ts';
import { namespaceWithoutLimitRange } from './namespaces/limit-ranges.ts';
import { namespacePsaNotEnforced, namespaceWithoutNetworkPolicy } from './namespaces/namespaces.ts';
import { kubeletVersionSkew, kubeletVersionUnsupported } from './nodes/kubelet-version.ts';
import { nodePublicIp } from './nodes/public-ip.ts';
import { podSecurityChecks } from './pod-security/index.ts';
import { anonymousBinding, clusterAdminBinding, mastersGroupBinding, userBoundDirectly } from './rbac/bindings.ts';
import { wildcardInRole } from './rbac/roles.ts';
import { secretEnvReference, secretInPlainEnv } from './secrets/environment.ts';
import { defaultSaAutomountEnabled, defaultSaHasGrants } from './service-accounts/default-account.ts';
import { serviceAccountNotFound } from './service-accounts/missing-account.ts';
import { projectedTokenOverbroad } from './service-accounts/projected-tokens.ts';
import {
  defaultServiceAccountUsed,
  serviceAccountTokenAutomounted,
  serviceAccountTokenStale,
} from './service-accounts/workload-tokens.ts';
import { containerRuntimeSocket, hostPathSensitive, hostPathWritable } from './volumes/host-paths.ts';
import { clusterDashboardDeployed, tillerDeployed } from './workloads/legacy-software.ts';
import { defaultNamespaceUsed } from './workloads/namespace.ts';
import { controlPlaneToleration, nakedPod, workloadInSystemNamespace } from './workloads/placement.ts';
import { hostAliases, shareProcessNamespace, userNamespaceNotUsed } from './workloads/pod-options.ts';
import { resourceLimitsMissing, resourceRequestsMissing } from './workloads/resources.ts';

/** Every check there is, in the order in which the documentation lists them. A check that does not stand here does not exist. */
export const CATALOGUE: readonly Check[] = [
  ...podSecurityChecks,
  dangerousCapability,
  netRawCapability,
  writableRootFilesystem,
  securityContextMissing,
  runAsRootGroup,
  runAsLowId,
  hostPathSensitive,
  hostPathWritable,
  containerRuntimeSocket,
  shareProcessNamespace,
  userNamespaceNotUsed,
  hostAliases,
  sshPortExposed,
  privilegedPortBound,
  ephemeralDebugContainer,

  serviceAccountTokenAutomounted,
  serviceAccountTokenStale,
  defaultServiceAccountUsed,
  serviceAccountNotFound,
  projectedTokenOverbroad,
  defaultSaAutomountEnabled,
  defaultSaHasGrants,

  secretInPlainEnv,
  secretEnvReference,

  imageTagMutable,
  imageDigestNotPinned,
  imageRegistryNotAllowed,
  imageRegistryDeprecated,
  imagePullPolicyNotAlways,

  resourceLimitsMissing,
  resourceRequestsMissing,
  nakedPod,
  workloadInSystemNamespace,
  controlPlaneToleration,
  clusterDashboardDeployed,
  tillerDeployed,

  clusterAdminBinding,
  wildcardInRole,
  userBoundDirectly,
  mastersGroupBinding,
  anonymousBinding,

  nodePublicIp,
  kubeletVersionUnsupported,
  kubeletVersionSkew,
  clusterVersionUnsupported,

  namespaceWithoutNetworkPolicy,
  namespacePsaNotEnforced,
  namespaceWithoutLimitRange,
  defaultNamespaceUsed,
];
