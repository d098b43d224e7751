import assert from 'node:assert/strict';
import { WATCHED } from '../../src/inventory/watched.ts';
import { deployment } from '../support/manifests.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { violated } from '../support/violated.ts';

/** What a report does not know for want of a permission; a control plane without kubelets leaves other things unknown. */
const denied = (report: StoredReport | undefined): StoredReport['unknown'] =>
  (report?.unknown ?? []).filter(({ reason }) => reason === 'PermissionDenied');

interface ClusterRole {
  readonly rules: readonly { readonly apiGroups: readonly string[]; readonly resources: readonly string[] }[];
}

describe('an operator that may not read everything', () => {
  const cluster = useInstalled();
  let namespace: string;
  let role: ClusterRole;

  before(async () => {
    namespace = await cluster.namespace('shop');
    await cluster.apply([deployment('web', { podSpec: { hostNetwork: true } })], namespace);
    role = JSON.parse(await cluster.kubectl(['get', 'clusterrole', 'plimsoll', '--output=json'])) as ClusterRole;
  });

  const allow = async (rules: ClusterRole['rules']): Promise<void> => {
    await cluster.kubectl(['patch', 'clusterrole', 'plimsoll', '--type=merge', `--patch=${JSON.stringify({ rules })}`]);
  };
  /** The rules of the operator, but for one resource. */
  const without = (resource: string, group = ''): ClusterRole['rules'] =>
    role.rules
      .map((rule) =>
        rule.apiGroups.includes(group)
          ? { ...rule, resources: rule.resources.filter((each) => each !== resource) }
          : rule,
      )
      .filter(({ resources }) => resources.length > 0);
  const withoutPolicies = (): ClusterRole['rules'] => without('networkpolicies', 'networking.k8s.io');
  after(async () => allow(role.rules));

  it('judges all else, says once what it does not know, and takes none of it for a pass', async () => {
    await allow(withoutPolicies());
    const operator = await cluster.operator();
    await operator.firstPassDone();
    const web = await cluster.report(namespace, 'deployment-web');
    assert.ok(web !== undefined && violated(web).includes('host-network'));
    const own = await cluster.report(namespace, `namespace-${namespace}`);
    assert.ok(own !== undefined && violated(own).includes('namespace-psa-not-enforced'));
    assert.ok(!violated(own).includes('namespace-without-network-policy'));
    assert.equal(own.summary.passed, 0);
    const unknown = denied(await cluster.report('', 'cluster'));
    assert.ok(unknown.some(({ check }) => check === 'namespace-without-network-policy'));
    for (const { message } of unknown) assert.match(message, /^networkpolicies\.networking\.k8s\.io may not be read/);
    await operator.stop();
  });

  for (const { resource } of WATCHED.filter(({ only, optional }) => only === undefined && optional === undefined)) {
    const name = resource.group === '' ? resource.resource : `${resource.resource}.${resource.group}`;

    it(`goes on without ${name}`, async () => {
      await allow(without(resource.resource, resource.group));
      // Some kinds are read only by checks that are off by default.
      const operator = await cluster.operator('--checks=all');
      await operator.firstPassDone();
      const whole = await cluster.report('', 'cluster');
      const reasons = new Set(denied(whole).map(({ reason, message }) => `${reason}: ${message.split(' ')[0] ?? ''}`));
      assert.deepEqual([...reasons], [`PermissionDenied: ${name}`]);
      const web = await cluster.report(namespace, 'deployment-web');
      assert.ok(web !== undefined && violated(web).includes('host-network'));
      assert.equal(await operator.metric('plimsoll_report_writes_total', { result: 'error' }), 0);
      await operator.stop();
    });
  }

  it('judges that too as soon as it may', async () => {
    await allow(withoutPolicies());
    const operator = await cluster.operator();
    await operator.firstPassDone();
    await allow(role.rules);
    await cluster.reportWhere(namespace, `namespace-${namespace}`, 'complains', (report) =>
      violated(report).includes('namespace-without-network-policy'),
    );
    await cluster.reportWhere('', 'cluster', 'knows everything', (report) => denied(report).length === 0);
    await operator.stop();
  });

  it('keeps what it has found when the permission is taken away, and says that it cannot know any more', async () => {
    await allow(role.rules);
    const before = await cluster.operator();
    await before.firstPassDone();
    await before.stop();
    await allow(withoutPolicies());
    const operator = await cluster.operator();
    await operator.firstPassDone();
    const own = await cluster.report(namespace, `namespace-${namespace}`);
    assert.ok(own !== undefined && violated(own).includes('namespace-without-network-policy'));
    assert.ok(
      denied(await cluster.report('', 'cluster')).some(({ check }) => check === 'namespace-without-network-policy'),
    );
    await operator.stop();
  });

  it('keeps the report of a subject that it cannot see any more', async () => {
    await allow(role.rules);
    const rules = [{ apiGroups: [''], resources: ['*'], verbs: ['*'] }];
    await cluster.apply(
      [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'all' }, rules }],
      namespace,
    );
    const before = await cluster.operator();
    await before.firstPassDone();
    const found = await cluster.report(namespace, 'role-all');
    assert.ok(found !== undefined && violated(found).includes('wildcard-in-role'));
    await before.stop();
    await allow(without('roles', 'rbac.authorization.k8s.io'));
    const operator = await cluster.operator();
    await operator.firstPassDone();
    assert.equal(
      (await cluster.report(namespace, 'role-all'))?.metadata.resourceVersion,
      found.metadata.resourceVersion,
    );
    await operator.stop();
  });

  it('keeps what it has seen on live pods when it cannot see them any more', async () => {
    await allow(role.rules);
    const before = await cluster.operator();
    await before.firstPassDone();
    const [pod = ''] = (
      await cluster.kubectl(['get', 'pods', '--selector=app=web', '--output=name', `--namespace=${namespace}`])
    ).split('\n');
    const ephemeral = { name: 'shell', image: 'registry.example/shell:1', securityContext: { privileged: true } };
    const patch = JSON.stringify({ spec: { ephemeralContainers: [ephemeral] } });
    await cluster.kubectl([
      'patch',
      pod,
      '--subresource=ephemeralcontainers',
      `--patch=${patch}`,
      `--namespace=${namespace}`,
    ]);
    const seen = await cluster.reportWhere(
      namespace,
      'deployment-web',
      'shows the shell',
      ({ summary }) => summary.critical === 1,
    );
    await before.stop();
    await allow(without('pods'));
    const operator = await cluster.operator();
    await operator.firstPassDone();
    assert.deepEqual((await cluster.report(namespace, 'deployment-web'))?.findings, seen.findings);
    await operator.stop();
  });
});
