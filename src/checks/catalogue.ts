import type { Check } from './check.ts';
import { clusterVersionUnsupported } from './cluster/cluster-version.ts';
import { imageDigestNotPinned, imageTagMutable } from './images/images.ts';
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
import { nodePublicIp } from './nodes/public-ip.ts';
import { podSecurityChecks } from './pod-security/index.ts';
import { anonymousBinding, clusterAdminBinding, mastersGroupBinding, userBoundDirectly } from './rbac/bindings.ts';
import { wildcardInRole } from './rbac/roles.ts';
import { configMapContainsSecret } from './secrets/config-maps.ts';
import { secretEnvReference, secretInPlainEnv } from './secrets/environment.ts';
import { defaultSaAutomountEnabled, defaultSaHasGrants } from './service-accounts/default-account.ts';
import {
  defaultServiceAccountUsed,
  serviceAccountTokenAutomounted,
  serviceAccountTokenStale,
} from './service-accounts/workload-tokens.ts';
import { legacyTokenSecretMounted, saLongLivedToken } from './service-accounts/long-lived-tokens.ts';
import { hostPathClaim } from './volumes/host-path-claim.ts';
import { defaultNamespaceUsed } from './workloads/namespace.ts';

/** Every check there is, in the order in which the documentation lists them. A check that does not stand here does not exist. */
export const CATALOGUE: readonly Check[] = [
  ...podSecurityChecks,

  serviceAccountTokenAutomounted,
  serviceAccountTokenStale,
  defaultServiceAccountUsed,
  defaultSaAutomountEnabled,
  defaultSaHasGrants,
  saLongLivedToken,
  legacyTokenSecretMounted,

  hostPathClaim,

  secretInPlainEnv,
  secretEnvReference,
  configMapContainsSecret,

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
  clusterVersionUnsupported,

  namespaceWithoutNetworkPolicy,
  namespaceWithoutDefaultDeny,
  namespacePsaNotEnforced,
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
