import assert from 'node:assert/strict';
import { deployment, type Manifest } from '../support/manifests.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { violated } from '../support/violated.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const CHECK = 'default-sa-has-grants';
const ROBOT = 'robot';

function roleBinding(
  name: string,
  role: string,
  subject: Readonly<Record<string, string>>,
  kind: 'ClusterRole' | 'Role' = 'ClusterRole',
): Manifest {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name: role };
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

  interface Gain {
    /** Of the role and its binding. */
    readonly where: string;
    /** What the role allows all the time. */
    readonly anyway: object;
    readonly report: string;
    readonly check: string;
  }

  /** A role gains `get` on Secrets, and loses it again: the report stays the same object, and says it as long as that. */
  async function gainAndLose({ where, anyway, report: name, check }: Gain): Promise<void> {
    const tells = (report: StoredReport): boolean => violated(report).includes(check);
    const rights = (...rules: readonly object[]): Manifest => ({
      apiVersion: RBAC,
      kind: 'Role',
      metadata: { name: ROBOT },
      rules: [anyway, ...rules],
    });
    const subject = { kind: 'ServiceAccount', name: ROBOT, namespace };
    await cluster.apply([rights(), roleBinding(ROBOT, ROBOT, subject, 'Role')], where);
    const before = await cluster.reportWhere(namespace, name, `is there without ${check}`, (each) => !tells(each));
    await cluster.apply([rights({ apiGroups: [''], resources: ['secrets'], verbs: ['get'] })], where);
    const worse = await cluster.reportWhere(namespace, name, `gains ${check}`, tells);
    assert.equal(worse.findings.find((each) => each.check === check)?.origin, 'Observed');
    await cluster.apply([rights()], where);
    const after = await cluster.reportWhere(namespace, name, `loses ${check}`, (each) => !tells(each));
    assert.deepEqual(violated(after), violated(before));
    assert.deepEqual([worse.metadata.uid, after.metadata.uid], [before.metadata.uid, before.metadata.uid]);
  }

  describe('by a role', () => {
    before(async () => {
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ROBOT } };
      await cluster.apply([account, deployment(ROBOT, { podSpec: { serviceAccountName: ROBOT } })], namespace);
      const inNamespace = `--namespace=${namespace}`;
      await cluster.kubectl(['wait', '--for=jsonpath={.status.replicas}=1', `deployment/${ROBOT}`, inNamespace]);
    });
    after(async () => {
      await cluster.kubectl(['delete', 'role,rolebinding', ROBOT, '--namespace=kube-system', '--ignore-not-found']);
    });

    it('is told of its binding as long as the rule stands there', async () => {
      const anyway = { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] };
      await gainAndLose({ where: namespace, anyway, report: `rolebinding-${ROBOT}`, check: 'secrets-read' });
    });

    it('is told of the workload too where an intruder could go further by it, as in kube-system', async () => {
      const anyway = { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] };
      const check = 'powerful-service-account';
      await gainAndLose({ where: 'kube-system', anyway, report: `deployment-${ROBOT}`, check });
    });
  });
});
