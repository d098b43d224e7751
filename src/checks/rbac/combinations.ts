import { inCluster, inNamespace } from './asks.ts';
import { CONSTRAINED_IMPERSONATION } from './constrained-impersonation.ts';
import { byReach, type Power } from './power.ts';
import { powerCalled } from './powers.ts';
import { IMPLIED_BY_PODS } from './powers/pods.ts';

const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';

const needsOf = (id: string): Power['needs'] => powerCalled(id).needs;

/**
 * What only several rights together give, from whichever roles. Each is worse than its parts, and stands for them. From the
 * Kubernetes documentation ("RBAC good practices") and the policies of rbac-police.
 */
export const COMBINATIONS: readonly Power[] = [
  {
    id: 'bind-itself',
    does: 'bind itself to any role',
    needs: [
      [...inNamespace(RBAC, ['rolebindings'], ['create']), ...inCluster(RBAC, ['clusterrolebindings'], ['create'])],
      inNamespace(RBAC, ['clusterroles', 'roles'], ['bind']),
    ],
    severity: byReach('Critical', 'Critical', 'High'),
    names: { 'cluster-admin': 'Critical' },
    implies: ['escalate-or-bind', 'rbac-write'],
  },
  {
    id: 'widen-roles',
    does: 'write any right into roles',
    needs: [
      [
        ...inNamespace(RBAC, ['roles'], ['create', 'update', 'patch']),
        ...inCluster(RBAC, ['clusterroles'], ['create', 'update', 'patch']),
      ],
      [...inNamespace(RBAC, ['roles'], ['escalate']), ...inCluster(RBAC, ['clusterroles'], ['escalate'])],
    ],
    severity: byReach('Critical', 'Critical', 'High'),
    names: { 'cluster-admin': 'Critical' },
    implies: ['escalate-or-bind', 'rbac-write'],
  },
  {
    id: 'forge-certificates',
    does: 'issue itself a certificate in any name',
    needs: [inCluster(CERTIFICATES, ['certificatesigningrequests'], ['create']), ...needsOf('csr-approve')],
    severity: byReach('Critical', undefined, undefined),
    names: { 'kubernetes.io/*': 'Critical', 'kubernetes.io/kube-apiserver-client': 'Critical' },
    implies: ['csr-approve'],
  },
  {
    // A Secret of the type for it is filled with a token that never ends.
    id: 'mint-tokens',
    does: 'make lasting tokens of any ServiceAccount and read them',
    needs: [inNamespace('', ['secrets'], ['create']), ...needsOf('secrets-read')],
    severity: byReach('Critical', 'Critical', 'High'),
    implies: ['secrets-read', 'secrets-write', 'token-request'],
  },
  {
    id: 'lift-pod-security',
    does: 'lift Pod Security and create privileged pods',
    needs: [...needsOf('namespace-label-write'), ...needsOf('pod-create')],
    severity: byReach('Critical', 'Critical', 'High'),
    implies: ['namespace-label-write', 'pod-create', ...IMPLIED_BY_PODS],
  },
  {
    id: 'mount-nodes',
    does: 'mount directories of nodes by PersistentVolumes of its own',
    needs: [
      ...needsOf('persistent-volume-create'),
      inNamespace('', ['persistentvolumeclaims'], ['create']),
      ...needsOf('pod-create'),
    ],
    severity: byReach('Critical', 'Critical', 'High'),
    implies: ['persistent-volume-create', 'pod-create', ...IMPLIED_BY_PODS],
  },
  {
    // Every other node is closed or emptied, and the pods with the best tokens come.
    id: 'steal-pods',
    does: 'drive pods of others to a node of its choice',
    needs: [
      inCluster('', ['nodes', 'nodes/status'], ['update', 'patch']),
      [
        ...inNamespace('', ['pods'], ['delete', 'deletecollection']),
        ...inNamespace('', ['pods/eviction'], ['create']),
        ...inNamespace('', ['pods/status'], ['update', 'patch']),
      ],
    ],
    severity: byReach('High', 'High', undefined),
    implies: ['node-write'],
  },
  ...CONSTRAINED_IMPERSONATION,
];
