import { cis } from '../../cis.ts';
import { grantedInCluster, grantedInNamespace, ruleYaml } from '../examples.ts';
import { CONSTRAINED_IMPERSONATION } from '../constrained-impersonation.ts';
import { powerCheck } from '../power-check.ts';

const RBAC = 'rbac.authorization.k8s.io';
const NSA = ['Authentication and authorization'];
const GOOD_PRACTICES = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/';

/** cluster-admin by another name. */
export const adminEquivalentRole = powerCheck('admin-equivalent-role', {
  severity: 'Critical',
  title: 'Binding grants every verb on every resource',
  why: 'This is cluster-admin under another name: it takes in Secrets, impersonation, nodes, and all that is installed later.',
  fix: 'Name the API groups, resources and verbs that are needed.',
  references: {
    cis: [...cis('5.1.1'), ...cis('5.1.3')],
    nsa: NSA,
    mitre: ['T1078'],
    trivy: ['KSV-0044', 'KSV-0112'],
    kubescape: ['C-0035', 'C-0187'],
    polaris: ['clusterrolebindingClusterAdmin', 'rolebindingClusterAdminClusterRole', 'rolebindingClusterAdminRole'],
    kubeLinter: ['wildcard-in-rules'],
    checkov: ['CKV_K8S_49'],
  },
  example: {
    before: grantedInCluster(ruleYaml('*', "'*'", "'*'")),
    after: grantedInCluster(ruleYaml('apps', 'deployments', 'get, list')),
  },
});

/**
 * list and watch give the contents as get does. Deviation: in one ordinary namespace it is Medium, where the holder often runs
 * the program whose Secrets they are. A verb such as impersonate on Secrets has no effect and is no finding
 * (Trivy KSV-0041 has it as one).
 */
export const secretsRead = powerCheck('secrets-read', {
  severity: 'High',
  title: 'Binding allows to read Secrets',
  why: 'Secrets hold passwords, keys and tokens of ServiceAccounts: who reads them acts as their owners, here and elsewhere.',
  fix: 'Leave Secrets out of the rule, or limit it by resourceNames to those that are needed; list and watch give the contents too.',
  references: {
    cis: cis('5.1.2'),
    nsa: [...NSA, 'Secrets'],
    mitre: ['T1552.007'],
    trivy: ['KSV-0041', 'KSV-0113'],
    kubescape: ['C-0015', 'C-0186'],
    kubeLinter: ['access-to-secrets'],
    urls: [GOOD_PRACTICES],
  },
  example: {
    before: grantedInCluster(ruleYaml('', 'configmaps, secrets', 'get, list')),
    after: grantedInCluster(ruleYaml('', 'configmaps', 'get, list')),
  },
});

/** A Secret of type kubernetes.io/service-account-token is filled with a token of the account that it names. */
export const secretsWrite = powerCheck('secrets-write', {
  severity: 'High',
  title: 'Binding allows to write Secrets',
  why: 'A Secret of the right type is filled with a lasting token of any ServiceAccount of its namespace, and a changed one feeds programs what the writer wants.',
  fix: 'Let a controller that has its own namespace write the Secrets, or limit the rule by resourceNames.',
  references: {
    cis: cis('5.1.2'),
    nsa: NSA,
    mitre: ['T1098'],
    trivy: ['KSV-0041', 'KSV-0113'],
    kubeLinter: ['access-to-secrets'],
    urls: [GOOD_PRACTICES],
  },
  example: {
    before: grantedInNamespace(ruleYaml('', 'secrets', 'create, update')),
    after: grantedInNamespace(ruleYaml('', 'secrets', 'delete')),
  },
});

/** The TokenRequest API issues tokens to whoever may create this subresource. */
export const tokenRequest = powerCheck('token-request', {
  severity: 'High',
  title: 'Binding allows to issue tokens of ServiceAccounts',
  why: 'Who holds it becomes any ServiceAccount of the namespace, with all that is granted to it.',
  fix: 'Remove the rule, or limit it by resourceNames to the one ServiceAccount that is meant.',
  references: {
    cis: cis('5.1.13'),
    nsa: NSA,
    mitre: ['T1528'],
    kubescape: ['C-0282'],
    urls: [GOOD_PRACTICES],
  },
  example: {
    before: grantedInNamespace(ruleYaml('', 'serviceaccounts/token', 'create')),
    after: grantedInNamespace(ruleYaml('', 'serviceaccounts', 'get, list')),
  },
});

/**
 * Trivy KSV-0043 looks for the API group `*`; users, groups and ServiceAccounts are impersonated in the core group, or from
 * v1.36 on in authentication.k8s.io, if another rule says for which requests.
 */
export const impersonate = powerCheck(
  'impersonate',
  {
    severity: 'Critical',
    title: 'Binding allows to act as somebody else',
    why: 'Who may impersonate groups is a member of system:masters when he likes, and the audit log names another.',
    fix: 'Remove the rule, or limit it by resourceNames to the users that are meant, and name no groups.',
    references: {
      cis: cis('5.1.8'),
      nsa: NSA,
      mitre: ['T1134'],
      trivy: ['KSV-0043'],
      kubescape: ['C-0065', 'C-0191'],
      urls: [GOOD_PRACTICES],
    },
    example: {
      before: grantedInCluster(ruleYaml('', 'users, groups', 'impersonate')),
      after: grantedInCluster(ruleYaml('', 'serviceaccounts', 'get, list')),
    },
  },
  CONSTRAINED_IMPERSONATION,
);

/** These verbs switch off that nobody may grant what they do not have. A `*` on rolebindings alone is rbac-write, not bind. */
export const escalateOrBind = powerCheck('escalate-or-bind', {
  severity: 'Critical',
  title: 'Binding allows to grant more than one has',
  why: 'The API server keeps people from granting rights that they lack; the verbs escalate and bind on roles lift that.',
  fix: 'Remove the verbs; to let somebody hand out certain roles, limit bind by resourceNames to these.',
  references: {
    cis: cis('5.1.8'),
    nsa: NSA,
    mitre: ['T1098'],
    trivy: ['KSV-0050', 'KSV-0051', 'KSV-0052'],
    kubescape: ['C-0191'],
    checkov: ['CKV_K8S_157', 'CKV_K8S_158'],
    kyverno: ['restrict-escalation-verbs-roles'],
    urls: [GOOD_PRACTICES],
  },
  example: {
    before: grantedInCluster(ruleYaml(RBAC, 'clusterroles', 'bind, escalate')),
    after: grantedInCluster(ruleYaml(RBAC, 'clusterroles', 'get, list')),
  },
});

/** The API server lets them grant only what they have, but also to whoever they like. */
export const rbacWrite = powerCheck('rbac-write', {
  severity: 'High',
  title: 'Binding allows to write roles or bindings',
  why: 'Who holds it passes all of his rights on to others, and keeps a way back in after he has lost them.',
  fix: 'Keep roles and bindings in the hands of a few, by a reviewed repository or a controller.',
  references: { cis: cis('5.1.8'), nsa: NSA, mitre: ['T1098'], trivy: ['KSV-0050', 'KSV-0055'] },
  example: {
    before: grantedInNamespace(ruleYaml(RBAC, 'rolebindings', 'create')),
    after: grantedInNamespace(ruleYaml(RBAC, 'rolebindings', 'get, list')),
  },
});

/** Both halves are needed, and may stand in different rules. */
export const csrApprove = powerCheck('csr-approve', {
  severity: 'High',
  title: 'Binding allows to approve client certificates',
  why: 'An approved request becomes a certificate in any name, that of a node or of a member of an admin group, and cannot be revoked.',
  fix: 'Remove one of the two rules, or limit the one on signers by resourceNames to a signer of your own.',
  references: {
    cis: cis('5.1.11'),
    nsa: NSA,
    mitre: ['T1649'],
    kubescape: ['C-0280'],
    checkov: ['CKV_K8S_156'],
    kyverno: ['restrict-clusterrole-csr'],
    urls: [GOOD_PRACTICES],
  },
  example: {
    before: grantedInCluster(
      ruleYaml('certificates.k8s.io', 'certificatesigningrequests/approval', 'update'),
      ruleYaml('certificates.k8s.io', 'signers', 'approve'),
    ),
    after: grantedInCluster(ruleYaml('certificates.k8s.io', 'certificatesigningrequests/approval', 'update')),
  },
});
