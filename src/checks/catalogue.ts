import type { Check } from './check.ts';
import { clusterVersionUnsupported } from './cluster/cluster-version.ts';
import { imageDigestNotPinned, imageTagMutable } from './images/images.ts';
import { namespacePsaNotEnforced, namespaceWithoutNetworkPolicy } from './namespaces/namespaces.ts';
import { kubeletVersionSkew, kubeletVersionUnsupported } from './nodes/kubelet-version.ts';
import { nodePublicIp } from './nodes/public-ip.ts';
import { podSecurityChecks } from './pod-security/index.ts';
import { rbacChecks } from './rbac/index.ts';
import { secretEnvReference, secretInPlainEnv } from './secrets/environment.ts';
import { saCrossNamespaceUse, saUnusedWithGrants } from './service-accounts/account-grants.ts';
import { saAutomountEnabled, saCloudIdentity } from './service-accounts/account-settings.ts';
import { defaultSaAutomountEnabled, defaultSaHasGrants } from './service-accounts/default-account.ts';
import { powerfulServiceAccount, serviceAccountShared } from './service-accounts/workload-accounts.ts';
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
  powerfulServiceAccount,
  serviceAccountShared,
  saAutomountEnabled,
  saUnusedWithGrants,
  saCrossNamespaceUse,
  saCloudIdentity,

  secretInPlainEnv,
  secretEnvReference,

  imageTagMutable,
  imageDigestNotPinned,

  ...rbacChecks,

  nodePublicIp,
  kubeletVersionUnsupported,
  kubeletVersionSkew,
  clusterVersionUnsupported,

  namespaceWithoutNetworkPolicy,
  namespacePsaNotEnforced,
  defaultNamespaceUsed,
];
