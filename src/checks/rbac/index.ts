import type { Check } from '../check.ts';
import { aggregatedRoleBroadened } from './aggregation.ts';
import { anonymousBinding, clusterAdminBinding, mastersGroupBinding, userBoundDirectly } from './bindings.ts';
import { bindingSubjectMissing, crossNamespaceSubject, roleRefMissing } from './dangling.ts';
import { allServiceAccountsBinding, authenticatedGroupBinding } from './group-bindings.ts';
import * as cluster from './power-checks/cluster.ts';
import * as identities from './power-checks/identities.ts';
import * as network from './power-checks/network.ts';
import * as pods from './power-checks/pods.ts';
import { nonResourceUrlWildcard, wildcardInRole } from './roles.ts';

/** Checks of roles and bindings, in the order in which the documentation lists them. */
export const rbacChecks: readonly Check[] = [
  clusterAdminBinding,
  identities.adminEquivalentRole,
  wildcardInRole,
  userBoundDirectly,
  mastersGroupBinding,
  anonymousBinding,
  authenticatedGroupBinding,
  allServiceAccountsBinding,

  identities.secretsRead,
  identities.secretsWrite,
  identities.tokenRequest,
  identities.impersonate,
  identities.escalateOrBind,
  identities.rbacWrite,
  identities.csrApprove,

  pods.podCreate,
  pods.workloadWrite,
  pods.podExecAttach,
  pods.podEphemeralContainersWrite,
  pods.podPortForward,

  cluster.nodesProxy,
  cluster.nodeWrite,
  cluster.namespaceLabelWrite,
  cluster.webhookConfigWrite,
  cluster.persistentVolumeCreate,
  cluster.excessiveDelete,
  cluster.auditTrailDelete,

  network.networkConfigWrite,
  network.configmapWriteSensitive,
  network.serviceStatusWrite,

  nonResourceUrlWildcard,
  aggregatedRoleBroadened,
  roleRefMissing,
  bindingSubjectMissing,
  crossNamespaceSubject,
];
