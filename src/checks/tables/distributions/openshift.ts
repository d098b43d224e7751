import type { BuiltInBinding, BuiltInRole } from '../built-in-rbac.ts';
import { account, clusterBinding, clusterRole, group, nodes, ofNodes, user } from './rows.ts';

const authenticated = group('system:authenticated');
const unauthenticated = group('system:unauthenticated');

const openShiftController = (name: string): BuiltInBinding => {
  const role = `system:openshift:controller:${name}`;
  return clusterBinding(role, role, account('openshift-infra', name));
};

/**
 * openshift/openshift-apiserver, pkg/bootstrappolicy/policy.go, and openshift/cluster-openshift-apiserver-operator, bindata.
 * cluster-status-binding once bound the unauthenticated too; a cluster that still has that is told so. What the operators of
 * OpenShift bind for themselves in their namespaces changes with each release and is not here.
 */
export const OPENSHIFT: readonly BuiltInBinding[] = [
  clusterBinding('system:masters', 'system:master', group('system:masters')),
  clusterBinding('system:node-admins', 'system:node-admin', user('system:master'), group('system:node-admins')),
  clusterBinding('cluster-admins', 'cluster-admin', group('system:cluster-admins'), user('system:admin')),
  clusterBinding('cluster-readers', 'cluster-reader', group('system:cluster-readers')),
  clusterBinding('basic-users', 'basic-user', authenticated),
  clusterBinding('self-access-reviewers', 'self-access-reviewer', authenticated, unauthenticated),
  clusterBinding('self-provisioners', 'self-provisioner', group('system:authenticated:oauth')),
  clusterBinding('system:oauth-token-deleters', 'system:oauth-token-deleter', authenticated, unauthenticated),
  clusterBinding('cluster-status-binding', 'cluster-status', authenticated),
  clusterBinding('system:node-proxiers', 'system:node-proxier', nodes),
  clusterBinding('system:sdn-readers', 'system:sdn-reader', nodes),
  clusterBinding('system:webhooks', 'system:webhook', authenticated, unauthenticated),
  clusterBinding('system:openshift:discovery', 'system:openshift:discovery', authenticated),
  ...['docker', 'source', 'jenkinspipeline'].map((strategy) =>
    clusterBinding(`system:build-strategy-${strategy}-binding`, `system:build-strategy-${strategy}`, authenticated),
  ),
  clusterBinding(
    'system:node-bootstrapper',
    'system:node-bootstrapper',
    account('openshift-infra', 'node-bootstrapper'),
  ),
  clusterBinding('system:scope-impersonation', 'system:scope-impersonation', authenticated, unauthenticated),
  ...[
    'build-config-change-controller',
    'build-controller',
    'default-rolebindings-controller',
    'deployer-controller',
    'deploymentconfig-controller',
    'image-import-controller',
    'image-trigger-controller',
    'origin-namespace-controller',
    'service-ingress-ip-controller',
    'serviceaccount-controller',
    'serviceaccount-pull-secrets-controller',
    'template-instance-controller',
    'template-instance-finalizer-controller',
    'unidling-controller',
  ].map(openShiftController),
  ...['template-instance-controller', 'template-instance-finalizer-controller'].map((name) =>
    clusterBinding(`system:openshift:controller:${name}:admin`, 'admin', account('openshift-infra', name)),
  ),
];

export const OPENSHIFT_WILDCARDS: readonly BuiltInRole[] = [
  clusterRole(
    'system:master',
    { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
    { nonResourceURLs: ['*'], verbs: ['*'] },
  ),
  clusterRole('system:node-admin', ofNodes('nodes/proxy', 'nodes/metrics', 'nodes/spec', 'nodes/stats', 'nodes/log')),
];
