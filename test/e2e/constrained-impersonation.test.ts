import assert from 'node:assert/strict';
import { useInstalled } from '../support/installed.ts';
import { violated } from '../support/violated.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const IDENTITY = {
  apiGroups: ['authentication.k8s.io'],
  resources: ['users', 'groups'],
  verbs: ['impersonate:user-info'],
};
const DEED = { apiGroups: [''], resources: ['secrets'], verbs: ['impersonate-on:user-info:get'] };

describe('impersonation that is limited to certain requests', () => {
  const cluster = useInstalled();
  let namespace: string;

  before(async function onlyWhereItIsServed() {
    const minor = Number(cluster.controlPlane().version.split('.')[1]);
    if (minor < 36) this.skip();
    namespace = await cluster.namespace('actors');
    await cluster.apply(
      ['both', 'identity', 'deed'].map((name) => ({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name },
      })),
      namespace,
    );
    await cluster.kubectl(['create', 'secret', 'generic', 'loot', `--namespace=${namespace}`]);
    await cluster.kubectl([
      'create',
      'clusterrolebinding',
      `${namespace}-administrators`,
      '--clusterrole=cluster-admin',
      '--group=administrators',
    ]);
    await grant('both', [IDENTITY, DEED]);
    await grant('identity', [IDENTITY]);
    await grant('deed', [DEED]);
  });

  after(async () => {
    const names = ['both', 'identity', 'deed', 'administrators'].map((name) => `${namespace}-${name}`);
    await cluster.kubectl(['delete', 'clusterrole,clusterrolebinding', ...names, '--ignore-not-found']);
  });

  async function grant(account: string, rules: readonly object[]): Promise<void> {
    const name = `${namespace}-${account}`;
    await cluster.apply([
      { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name }, rules },
      {
        apiVersion: RBAC,
        kind: 'ClusterRoleBinding',
        metadata: { name },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
        subjects: [{ kind: 'ServiceAccount', namespace, name: account }],
      },
    ]);
  }

  async function readsTheSecretAsAdministrator(account: string): Promise<boolean> {
    const kubeconfig = await cluster.controlPlane().kubeconfigFor({ serviceAccount: { namespace, name: account } });
    const args = [`--kubeconfig=${kubeconfig}`, '--as=somebody', '--as-group=administrators'];
    return cluster.kubectl([...args, 'get', `--raw=/api/v1/namespaces/${namespace}/secrets/loot`]).then(
      () => true,
      (error: unknown) => {
        assert.match(String(error), /forbidden/i);
        return false;
      },
    );
  }

  const isTold = async (account: string): Promise<boolean> => {
    const name = `clusterrolebinding-${namespace}-${account}`;
    const report = await cluster.report('', name);
    return report !== undefined && violated(report).includes('impersonate');
  };

  it('is told of on whoever can read a Secret by it, and on nobody who has only half of it', async () => {
    const operator = await cluster.operator();
    await operator.firstPassDone();
    for (const [account, can] of [
      ['both', true],
      ['identity', false],
      ['deed', false],
    ] as const) {
      assert.equal(await readsTheSecretAsAdministrator(account), can, account);
      assert.equal(await isTold(account), can, account);
    }
  });
});
