import assert from 'node:assert/strict';
import { deployment } from '../support/manifests.ts';
import { useInstalled, violated } from '../support/installed.ts';

interface ClusterRole {
  readonly rules: readonly { readonly resources: readonly string[] }[];
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
  after(async () => allow(role.rules));

  it('judges all else, says once what it does not know, and takes none of it for a pass', async () => {
    await allow(role.rules.filter(({ resources }) => !resources.includes('networkpolicies')));
    const operator = await cluster.operator();
    await operator.firstPassDone();
    const web = await cluster.report(namespace, 'deployment-web');
    assert.ok(web !== undefined && violated(web).includes('host-network'));
    const own = await cluster.report(namespace, `namespace-${namespace}`);
    assert.ok(own !== undefined && violated(own).includes('namespace-psa-not-enforced'));
    assert.ok(!violated(own).includes('namespace-without-network-policy'));
    assert.equal(own.summary.passed, 0);
    const whole = await cluster.report('', 'cluster');
    assert.deepEqual(
      whole?.unknown.map(({ check, reason }) => [check, reason]),
      [['namespace-without-network-policy', 'PermissionDenied']],
    );
    assert.match(whole.unknown[0]?.message ?? '', /networkpolicies\.networking\.k8s\.io may not be read/);
    await operator.stop();
  });

  it('judges that too as soon as it may', async () => {
    await allow(role.rules.filter(({ resources }) => !resources.includes('networkpolicies')));
    const operator = await cluster.operator();
    await operator.firstPassDone();
    await allow(role.rules);
    await cluster.reportWhere(namespace, `namespace-${namespace}`, 'complains', (report) =>
      violated(report).includes('namespace-without-network-policy'),
    );
    await cluster.reportWhere('', 'cluster', 'knows everything', ({ unknown }) => unknown.length === 0);
    await operator.stop();
  });

  it('keeps what it has found when the permission is taken away, and says that it cannot know any more', async () => {
    await allow(role.rules);
    const before = await cluster.operator();
    await before.firstPassDone();
    await before.stop();
    await allow(role.rules.filter(({ resources }) => !resources.includes('networkpolicies')));
    const operator = await cluster.operator();
    await operator.firstPassDone();
    const own = await cluster.report(namespace, `namespace-${namespace}`);
    assert.ok(own !== undefined && violated(own).includes('namespace-without-network-policy'));
    const whole = await cluster.report('', 'cluster');
    assert.deepEqual(
      whole?.unknown.map(({ check }) => check),
      ['namespace-without-network-policy'],
    );
    await operator.stop();
  });
});
