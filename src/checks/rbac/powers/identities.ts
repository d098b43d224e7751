import { inCluster, inNamespace } from '../asks.ts';
import { byReach, type Power } from '../power.ts';
import { CHANGE, PUT } from './verbs.ts';

const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';

/** What a rule without limits gives: everything, also what nobody has thought of yet. */
export const everything: Power = {
  id: 'admin-equivalent-role',
  does: 'do everything',
  // No resource is called so; only asterisks allow this.
  needs: [inNamespace('*', ['*'], ['*'])],
  severity: byReach('Critical', 'Critical', 'High'),
  otherNames: 'nothing',
  implies: 'everything',
};

/** Powers over what is secret, and over other identities. */
export const IDENTITY_POWERS: readonly Power[] = [
  {
    // list and watch give the contents as get does.
    id: 'secrets-read',
    does: 'read Secrets',
    needs: [inNamespace('', ['secrets'], ['get', 'list', 'watch'])],
    severity: byReach('Critical', 'Critical', 'Medium'),
  },
  {
    id: 'secrets-write',
    does: 'write Secrets',
    needs: [inNamespace('', ['secrets'], PUT)],
    severity: byReach('High', 'High', 'Medium'),
  },
  {
    id: 'token-request',
    does: 'issue tokens of any ServiceAccount',
    needs: [inNamespace('', ['serviceaccounts/token'], ['create'])],
    severity: byReach('Critical', 'Critical', 'Medium'),
  },
  {
    // Groups, uids and extras can be impersonated only along with a user (apiserver, endpoints/filters/impersonation.go), but
    // a right to groups is one to system:masters. uids and extras alone make nobody else of anyone.
    id: 'impersonate',
    does: 'act as other users',
    needs: [
      [
        ...inCluster('', ['users', 'groups'], ['impersonate']),
        ...inNamespace('', ['serviceaccounts'], ['impersonate']),
      ],
    ],
    severity: byReach('Critical', 'Critical', 'Medium'),
    names: { 'system:masters': 'Critical', 'kubeadm:cluster-admins': 'Critical' },
    implies: ['impersonate-user-info', 'impersonate-serviceaccount', 'impersonate-arbitrary-node'],
  },
  {
    // bind on ClusterRoles is asked for the namespace of the new RoleBinding, so that a RoleBinding can allow it
    // (kubernetes, pkg/registry/rbac/escalation_check.go).
    id: 'escalate-or-bind',
    does: 'grant rights beyond its own',
    needs: [
      [
        ...inNamespace(RBAC, ['roles'], ['escalate', 'bind']),
        ...inNamespace(RBAC, ['clusterroles'], ['bind']),
        ...inCluster(RBAC, ['clusterroles'], ['escalate']),
      ],
    ],
    severity: byReach('Critical', 'Critical', 'High'),
    names: { 'cluster-admin': 'Critical' },
    implies: ['rbac-write'],
  },
  {
    // The API server lets nobody grant what they do not have, unless by escalate or bind.
    id: 'rbac-write',
    does: 'write roles or bindings',
    needs: [
      [
        ...inNamespace(RBAC, ['roles', 'rolebindings'], PUT),
        ...inCluster(RBAC, ['clusterroles', 'clusterrolebindings'], PUT),
      ],
    ],
    severity: byReach('High', 'High', 'Medium'),
  },
  {
    id: 'csr-approve',
    does: 'approve certificates',
    needs: [
      inCluster(CERTIFICATES, ['certificatesigningrequests/approval'], CHANGE),
      inCluster(CERTIFICATES, ['signers'], ['approve']),
    ],
    severity: byReach('High', undefined, undefined),
    names: { 'kubernetes.io/*': 'High', 'kubernetes.io/kube-apiserver-client': 'High' },
  },
];
