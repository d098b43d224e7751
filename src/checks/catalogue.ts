import type { Check } from './check.ts';
import { clusterVersionUnsupported } from './cluster/cluster-version.ts';
import { imageDigestNotPinned, imageTagMutable } from './images/images.ts';
import { namespacePsaNotEnforced, namespaceWithoutNetworkPolicy } from './namespaces/namespaces.ts';
import { kubeletVersionSkew, kubeletVersionUnsupported } from './nodes/kubelet-version.ts';
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
  clusterVersionUnsupported,

  namespaceWithoutNetworkPolicy,
  namespacePsaNotEnforced,
  defaultNamespaceUsed,
];
