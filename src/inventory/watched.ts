import type { FactsByKind } from './facts/by-kind.ts';
import type { Resource } from '../kube/resource.ts';

/** A kind of object that is kept. */
export type Kind = keyof FactsByKind<unknown>;

/** One kind of object that the operator reads; its ClusterRole grants exactly these. */
export interface Watched {
  readonly kind: Kind;
  readonly resource: Resource;
  /** Only metadata is asked for: the body is not needed. */
  readonly metadataOnly: boolean;
}

function row(
  apiVersion: string,
  resource: string,
  kind: Kind,
  options: { cluster?: true; metadataOnly?: true } = {},
): Watched {
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  return {
    kind,
    resource: { group, version, resource, kind, namespaced: options.cluster !== true },
    metadataOnly: options.metadataOnly === true,
  };
}

const RBAC = 'rbac.authorization.k8s.io/v1';

/** Every kind that is judged, or decides how another is judged. Our own reports are watched beside these. */
export const WATCHED: readonly Watched[] = [
  row('v1', 'namespaces', 'Namespace', { cluster: true }),
  row('v1', 'nodes', 'Node', { cluster: true }),
  row('v1', 'serviceaccounts', 'ServiceAccount'),
  row('v1', 'limitranges', 'LimitRange'),
  row('v1', 'pods', 'Pod'),
  row('v1', 'replicationcontrollers', 'ReplicationController'),
  row('apps/v1', 'replicasets', 'ReplicaSet', { metadataOnly: true }),
  row('apps/v1', 'deployments', 'Deployment'),
  row('apps/v1', 'statefulsets', 'StatefulSet'),
  row('apps/v1', 'daemonsets', 'DaemonSet'),
  row('batch/v1', 'jobs', 'Job'),
  row('batch/v1', 'cronjobs', 'CronJob'),
  row(RBAC, 'roles', 'Role'),
  row(RBAC, 'clusterroles', 'ClusterRole', { cluster: true }),
  row(RBAC, 'rolebindings', 'RoleBinding'),
  row(RBAC, 'clusterrolebindings', 'ClusterRoleBinding', { cluster: true }),
  row('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy', { metadataOnly: true }),
];
