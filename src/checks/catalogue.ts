import { admissionPolicyEngineMissing, policyEngineAuditOnly } from './admission/policies.ts';
import { admissionWebhookFailOpen } from './admission/webhooks.ts';
import type { Check } from './check.ts';
import { apiServerPublic } from './cluster/api-server-public.ts';
import { clusterPatchOutdated } from './cluster/cluster-patch.ts';
import { clusterVersionUnsupported } from './cluster/cluster-version.ts';
import { externalSecretStoreAbsent, securityScannerMissing } from './cluster/installed.ts';
import { kubeProxyMetricsExposed } from './cluster/kube-proxy.ts';
import { cniWithoutNetworkPolicy } from './cluster/network-plugin.ts';
import { deprecatedApiInUse } from './cluster/removed-apis.ts';
import { controlPlaneChecks } from './control-plane/index.ts';
import { imageDigestNotPinned, imageTagMutable } from './images/images.ts';
import { kubeletChecks } from './kubelet/index.ts';
import { namespacePsaNotEnforced, namespaceWithoutNetworkPolicy } from './namespaces/namespaces.ts';
import { nodeRuntimeOutdated } from './nodes/container-runtime.ts';
import { controlPlaneNodeSchedulable } from './nodes/control-plane-node.ts';
import { nodeKernelVulnerable } from './nodes/kernel.ts';
import { kubeletVersionSkew, kubeletVersionUnsupported } from './nodes/kubelet-version.ts';
import { nodeOsEndOfLife } from './nodes/operating-system.ts';
import { nodePublicIp } from './nodes/public-ip.ts';
import { podSecurityChecks } from './pod-security/index.ts';
import { anonymousBinding, clusterAdminBinding, mastersGroupBinding, userBoundDirectly } from './rbac/bindings.ts';
import { wildcardInRole } from './rbac/roles.ts';
import { secretEnvReference, secretInPlainEnv } from './secrets/environment.ts';
import { defaultSaAutomountEnabled, defaultSaHasGrants } from './service-accounts/default-account.ts';
import {
  defaultServiceAccountUsed,
  serviceAccountTokenAutomounted,
  serviceAccountTokenStale,
} from './service-accounts/workload-tokens.ts';
import { defaultNamespaceUsed } from './workloads/namespace.ts';

/** Every check there is, in the order in which the documentation lists them. A check that does not stand here does not exist. */
export const CATALOGUE: readonly Check[] = [
  ...podSecurityChecks,

  serviceAccountTokenAutomounted,
  serviceAccountTokenStale,
  defaultServiceAccountUsed,
  defaultSaAutomountEnabled,
  defaultSaHasGrants,

  secretInPlainEnv,
  secretEnvReference,

  imageTagMutable,
  imageDigestNotPinned,

  clusterAdminBinding,
  wildcardInRole,
  userBoundDirectly,
  mastersGroupBinding,
  anonymousBinding,

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
  namespacePsaNotEnforced,
  defaultNamespaceUsed,
];
