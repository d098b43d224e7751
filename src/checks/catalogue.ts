import { admissionPolicyEngineMissing, policyEngineAuditOnly } from './admission/policies.ts';
import { admissionWebhookFailOpen } from './admission/webhooks.ts';
import type { Check } from './check.ts';
import { apiServerPublic } from './cluster/api-server-public.ts';
import { clusterPatchOutdated } from './cluster/cluster-patch.ts';
import { clusterVersionUnsupported } from './cluster/cluster-version.ts';
import { dangerousCapability, netRawCapability } from './containers/capabilities.ts';
import { ephemeralDebugContainer } from './containers/ephemeral.ts';
import { privilegedPortBound, sshPortExposed } from './containers/ports.ts';
import { securityContextMissing, writableRootFilesystem } from './containers/security-context.ts';
import { runAsLowId, runAsRootGroup } from './containers/users.ts';
import { imagePullPolicyNotAlways } from './images/pull-policy.ts';
import { imageRegistryDeprecated, imageRegistryNotAllowed } from './images/registries.ts';
import { namespaceWithoutLimitRange } from './namespaces/limit-ranges.ts';
import { externalSecretStoreAbsent, securityScannerMissing } from './cluster/installed.ts';
import { kubeProxyMetricsExposed } from './cluster/kube-proxy.ts';
import { cniWithoutNetworkPolicy } from './cluster/network-plugin.ts';
import { deprecatedApiInUse } from './cluster/removed-apis.ts';
import { controlPlaneChecks } from './control-plane/index.ts';
import { imageDigestNotPinned, imageTagMutable } from './images/images.ts';
import { kubeletChecks } from './kubelet/index.ts';
import { nodeRuntimeOutdated } from './nodes/container-runtime.ts';
import { controlPlaneNodeSchedulable } from './nodes/control-plane-node.ts';
import { nodeKernelVulnerable } from './nodes/kernel.ts';
import {
  namespacePsaNotEnforced,
  namespaceWithoutDefaultDeny,
  namespaceWithoutNetworkPolicy,
} from './namespaces/namespaces.ts';
import { namespacePsaPrivileged, namespacePsaWouldFail } from './namespaces/pod-security.ts';
import { namespaceWithoutResourceQuota } from './namespaces/resource-quota.ts';
import { namespacesNotSeparated } from './namespaces/separation.ts';
import { ingressNginxUnsafeAnnotation, ingressWildcardHost, ingressWithoutTls } from './network/ingresses.ts';
import { networkPolicyAllowsAll, networkPolicySelectsNothing } from './network/network-policies.ts';
import { serviceExternalIps, serviceNodePort, servicePublicLoadBalancer } from './network/services.ts';
import { podNotIsolated } from './network/workloads.ts';
import { kubeletVersionSkew, kubeletVersionUnsupported } from './nodes/kubelet-version.ts';
import { nodeOsEndOfLife } from './nodes/operating-system.ts';
import { nodePublicIp } from './nodes/public-ip.ts';
import { podSecurityChecks } from './pod-security/index.ts';
import { rbacChecks } from './rbac/index.ts';
import { configMapContainsSecret } from './secrets/config-maps.ts';
import { secretEnvReference, secretInPlainEnv } from './secrets/environment.ts';
import { saCrossNamespaceUse, saUnusedWithGrants } from './service-accounts/account-grants.ts';
import { saAutomountEnabled, saCloudIdentity } from './service-accounts/account-settings.ts';
import { defaultSaAutomountEnabled, defaultSaHasGrants } from './service-accounts/default-account.ts';
import { serviceAccountNotFound } from './service-accounts/missing-account.ts';
import { projectedTokenOverbroad } from './service-accounts/projected-tokens.ts';
import { powerfulServiceAccount, serviceAccountShared } from './service-accounts/workload-accounts.ts';
import {
  defaultServiceAccountUsed,
  serviceAccountTokenAutomounted,
  serviceAccountTokenStale,
} from './service-accounts/workload-tokens.ts';
import { containerRuntimeSocket, hostPathSensitive, hostPathWritable } from './volumes/host-paths.ts';
import { clusterDashboardDeployed, tillerDeployed } from './workloads/legacy-software.ts';
import { legacyTokenSecretMounted, saLongLivedToken } from './service-accounts/long-lived-tokens.ts';
import { hostPathClaim } from './volumes/host-path-claim.ts';
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
  saLongLivedToken,
  legacyTokenSecretMounted,

  hostPathClaim,
  powerfulServiceAccount,
  serviceAccountShared,
  saAutomountEnabled,
  saUnusedWithGrants,
  saCrossNamespaceUse,
  saCloudIdentity,

  secretInPlainEnv,
  secretEnvReference,
  configMapContainsSecret,

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

  ...rbacChecks,

  nodePublicIp,
  kubeletVersionUnsupported,
  kubeletVersionSkew,
  nodeOsEndOfLife,
  nodeRuntimeOutdated,
  nodeKernelVulnerable,
  controlPlaneNodeSchedulable,
  ...kubeletChecks,

  clusterVersionUnsupported,
  clusterPatchOutdated,
  apiServerPublic,
  cniWithoutNetworkPolicy,
  kubeProxyMetricsExposed,
  ...controlPlaneChecks,
  admissionPolicyEngineMissing,
  policyEngineAuditOnly,
  admissionWebhookFailOpen,
  externalSecretStoreAbsent,
  securityScannerMissing,
  deprecatedApiInUse,

  namespaceWithoutNetworkPolicy,
  namespaceWithoutDefaultDeny,
  namespacePsaNotEnforced,
  namespaceWithoutLimitRange,
  namespacePsaPrivileged,
  namespacePsaWouldFail,
  namespaceWithoutResourceQuota,
  namespacesNotSeparated,
  defaultNamespaceUsed,

  podNotIsolated,
  networkPolicyAllowsAll,
  networkPolicySelectsNothing,
  servicePublicLoadBalancer,
  serviceNodePort,
  serviceExternalIps,
  ingressWithoutTls,
  ingressWildcardHost,
  ingressNginxUnsafeAnnotation,
];
