import { finding, PASS, verdict, workloadCheck } from '../check.ts';
import type { Violation, WorkloadInput } from '../check.ts';
import { cis } from '../cis.ts';
import { powersOfAccount, type AccountPower } from '../rbac/account-powers.ts';
import {
  accountYaml,
  bindingYaml,
  clusterBindingYaml,
  deploymentYaml,
  documents,
  subjectYaml,
} from '../rbac/examples.ts';
import { isOwnGrant } from '../rbac/held-rules.ts';
import { describePath, powerPath } from '../rbac/power-path.ts';
import { accountOf, distinct, hasToken } from './token-mounts.ts';

/** Who can do more than this in so many ways is not told of each. */
const PATHS_AT_MOST = 10;

/**
 * The rights of all bindings together count, also where only several of them give a power, and each power is told once for each
 * place where it holds: the worst first, and without those that follow from another.
 */
export const powerfulServiceAccount = workloadCheck({
  id: 'powerful-service-account',
  severity: 'High',
  title: 'Whoever breaks into the pod can take over more',
  why: 'The token in the pod is as good to an intruder as to the program: the path shows what the API server lets it do.',
  fix: 'Remove the rights that the program does not need, or the token (automountServiceAccountToken: false) if it needs none.',
  references: {
    cis: [...cis('5.1.1'), ...cis('5.1.6')],
    nsa: ['Protecting Pod service account tokens', 'Authentication and authorization'],
    mitre: ['T1078', 'T1528'],
    kubescape: ['C-0267', 'C-0272', 'C-0053'],
    checklist: ['conscious-service-account'],
  },
  reads: ['ServiceAccount', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  parameters: ['privilegedNamespaces'],
  inFiles: 'lower-bound',
  evaluate: (workload) => {
    const accounts = distinct(workload.specs.filter((spec) => hasToken(workload, spec)).map(accountOf));
    const violations = accounts.flatMap((account) => violationsBy(workload, account));
    // A rollout from one account to another may give a power twice; one is told.
    return verdict(violations.filter(({ key }, index) => violations.findIndex((each) => each.key === key) === index));
  },
  example: {
    before: documents(
      accountYaml('web'),
      clusterBindingYaml('cluster-admin', subjectYaml('web')),
      deploymentYaml('web', 'web'),
    ),
    after: documents(
      accountYaml('web'),
      clusterBindingYaml('cluster-admin', subjectYaml('web')),
      deploymentYaml('web', 'web', 'automountServiceAccountToken: false'),
    ),
  },
});

const isGrave = ({ severity }: AccountPower): boolean => severity === 'Critical' || severity === 'High';

function violationsBy({ subject, grantsOf, server, parameters }: WorkloadInput, name: string): readonly Violation[] {
  const account = { kind: 'ServiceAccount', namespace: subject.namespace ?? '', name };
  return powersOfAccount(grantsOf(name), { server, parameters })
    .filter(isGrave)
    .slice(0, PATHS_AT_MOST)
    .map((held) =>
      finding('spec.serviceAccountName', `an intruder could go: ${describePath(powerPath(account, held))}`, {
        key: `${held.power.id}/${held.reach.namespace ?? '*'}`,
        severity: held.severity,
      }),
    );
}

/** `default` is left to checks of its own. */
export const serviceAccountShared = workloadCheck({
  id: 'service-account-shared',
  severity: 'Low',
  title: 'Workload shares a ServiceAccount that has rights',
  why: 'Each workload has the rights that only the others need, and the audit log cannot tell them apart.',
  fix: 'Give each workload a ServiceAccount of its own, bound to what it needs.',
  references: {
    cis: cis('5.1.5'),
    nsa: ['Authentication and authorization'],
    checklist: ['conscious-service-account'],
  },
  reads: ['Pod', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  inFiles: 'lower-bound',
  evaluate: (workload) => {
    const accounts = distinct(workload.specs.filter(({ isMirror }) => !isMirror).map(accountOf));
    const shared = accounts.filter((account) => isSharedWithRights(workload, account));
    if (shared.length === 0) return PASS;
    const message = `other workloads run as ServiceAccount ${shared.join(', ')} too, which has rights`;
    return [finding('spec.serviceAccountName', message)];
  },
  example: {
    before: documents(
      bindingYaml('ClusterRole', 'view', subjectYaml('web')),
      deploymentYaml('web', 'web'),
      deploymentYaml('worker', 'web'),
    ),
    after: documents(
      bindingYaml('ClusterRole', 'view', subjectYaml('web')),
      deploymentYaml('web', 'web'),
      deploymentYaml('worker', 'worker'),
    ),
  },
});

function isSharedWithRights({ grantsOf, usersOf }: WorkloadInput, account: string): boolean {
  if (account === 'default') return false;
  return grantsOf(account).some((grant) => grant.subject.kind !== 'Group' && isOwnGrant(grant)) && usersOf(account) > 1;
}
