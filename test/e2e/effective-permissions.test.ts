import assert from 'node:assert/strict';
import { deployment, type Manifest } from '../support/manifests.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { violated } from '../support/violated.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const CHECK = 'default-sa-has-grants';

function roleBinding(name: string, role: string, subject: Readonly<Record<string, string>>): Manifest {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role };
  return { apiVersion: RBAC, kind: 'RoleBinding', metadata: { name }, roleRef, subjects: [subject] };
}

describe('what a ServiceAccount may do', () => {
  const cluster = useInstalled();
  let namespace: string;

  before(async () => {
    const operator = await cluster.operator('--exclude-namespaces=kube-*');
    await operator.firstPassDone();
    namespace = await cluster.namespace('rights');
    await cluster.apply([deployment('web')], namespace);
  });

  const grants = ({ findings }: StoredReport): readonly string[] =>
    findings.filter(({ check }) => check === CHECK).map(({ message }) => message);
  const ofDefault = (what: string, is: (report: StoredReport) => boolean): Promise<StoredReport> =>
    cluster.reportWhere(namespace, 'serviceaccount-default', what, is);

  it('is told as soon as a binding reaches it, by name or by a group, and no longer than that', async () => {
    const group = { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: `system:serviceaccounts:${namespace}` };
    await cluster.apply([roleBinding('by-group', 'view', group)], namespace);
    const report = await ofDefault('tells of the group', (each) => violated(each).includes(CHECK));
    assert.deepEqual(grants(report), [
      `RoleBinding ${namespace}/by-group grants it ClusterRole view as a member of ${group.name}`,
    ]);
    await cluster.apply([roleBinding('by-name', 'edit', { kind: 'ServiceAccount', name: 'default' })], namespace);
    await ofDefault('tells of both', (each) => grants(each).length === 2);
    await cluster.kubectl(['delete', 'rolebinding', 'by-group', 'by-name', `--namespace=${namespace}`]);
    await ofDefault('tells of neither', (each) => !violated(each).includes(CHECK));
  });
});
