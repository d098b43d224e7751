import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { eventually } from '../cluster/eventually.ts';
import { deployment, sidecarInjection } from '../support/manifests.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { violated } from '../support/violated.ts';
import type { RunningOperator } from '../support/operator.ts';

describe('the operator on a real cluster', () => {
  const cluster = useInstalled();
  let operator: RunningOperator;
  let namespace: string;

  before(async () => {
    operator = await cluster.operator('--exclude-namespaces=kube-*');
    await operator.firstPassDone();
    namespace = await cluster.namespace('shop');
  });

  const report = (name: string, what: string, is: (report: StoredReport) => boolean): Promise<StoredReport> =>
    cluster.reportWhere(namespace, name, what, is);
  const has = (check: string) => (each: StoredReport) => violated(each).includes(check);
  const hasNot = (check: string) => (each: StoredReport) => !violated(each).includes(check);
  const kubectl = async (...args: readonly string[]): Promise<string> =>
    cluster.kubectl([...args, `--namespace=${namespace}`]);

  async function pods(app: string, count: number): Promise<readonly string[]> {
    return eventually(`${app} has ${count} pods`, async () => {
      const names = (await kubectl('get', 'pods', `--selector=app=${app}`, '--output=name'))
        .split('\n')
        .filter((name) => name !== '');
      return names.length === count ? names : undefined;
    });
  }

  it('shows a Deployment that was made privileged', async () => {
    await cluster.apply([deployment('privileged')], namespace);
    await report('deployment-privileged', 'is there', hasNot('privileged-container'));
    const startedMs = performance.now();
    await cluster.apply([deployment('privileged', { securityContext: { privileged: true } })], namespace);
    const stored = await report('deployment-privileged', 'says so', has('privileged-container'));
    console.log(
      `        from kubectl apply to the report read back: ${((performance.now() - startedMs) / 1000).toFixed(2)} s`,
    );
    const finding = stored.findings.find(({ check }) => check === 'privileged-container');
    assert.equal(finding?.origin, 'Observed');
    assert.equal(finding.container, 'app');
    assert.equal(finding.path, 'spec.template.spec.containers[app].securityContext.privileged');
    assert.equal(stored.summary.critical, 1);
    assert.equal(stored.summary.newestFirstSeenTime, finding.firstSeenTime);
    const note = await eventually('there is an Event on the Deployment', async () => {
      const output = await kubectl(
        'get',
        'events',
        '--field-selector=reason=NewFindings,involvedObject.name=privileged',
        '--output=jsonpath={.items[*].message}',
      );
      return output.includes('privileged-container') ? output : undefined;
    });
    assert.match(
      note,
      /privileged-container \(Critical, container app\).*\. See kubectl describe securityreport deployment-privileged/,
    );
  });

  it('keeps name, uid and first-seen times over a rollout', async () => {
    await cluster.apply([deployment('rolling')], namespace);
    const before = await report('deployment-rolling', 'is there', has('security-context-missing'));
    await pods('rolling', 1);
    await cluster.apply(
      [deployment('rolling', { image: 'registry.example/app:2', podSpec: { hostNetwork: true } })],
      namespace,
    );
    const after = await report('deployment-rolling', 'shows the new template', has('host-network'));
    assert.equal(after.metadata.uid, before.metadata.uid);
    const times = new Map(after.findings.map(({ id, firstSeenTime }) => [id, firstSeenTime]));
    for (const { id, firstSeenTime } of before.findings) assert.equal(times.get(id), firstSeenTime);
    const all = (await cluster.reports()).filter(
      ({ subject, metadata }) => metadata.namespace === namespace && /^(ReplicaSet|Pod)$/.test(subject.kind),
    );
    assert.deepEqual(all, [], 'neither ReplicaSets nor their pods have reports');
  });

  it('lets a report go with its Deployment', async () => {
    await cluster.apply([deployment('short-lived')], namespace);
    await report('deployment-short-lived', 'is there', () => true);
    await kubectl('delete', 'deployment', 'short-lived');
    await eventually(
      'its report is gone',
      async () => (await cluster.report(namespace, 'deployment-short-lived')) === undefined,
    );
  });

  it('brings back a report that was edited', async () => {
    await cluster.apply([deployment('edited')], namespace);
    const before = await report('deployment-edited', 'is there', has('security-context-missing'));
    await eventually(
      'another second has begun',
      () => Date.now() > Date.parse(before.findings[0]?.firstSeenTime ?? '') + 2000,
    );
    const patch = JSON.stringify({
      findings: [],
      summary: { ...before.summary, medium: 0 },
      metadata: { labels: { team: 'shop' } },
    });
    await kubectl('patch', 'securityreport', 'deployment-edited', '--type=merge', `--patch=${patch}`);
    const after = await report('deployment-edited', 'is whole again', has('security-context-missing'));
    assert.deepEqual(after.findings, before.findings);
    assert.deepEqual(after.summary, before.summary);
    assert.equal(after.metadata.labels?.['team'], 'shop', 'what others add in labels stays');
  });

  it('brings back a report that was deleted, with its dates', async () => {
    await cluster.apply([deployment('deleted')], namespace);
    const before = await report('deployment-deleted', 'is there', has('security-context-missing'));
    await eventually(
      'another second has begun',
      () => Date.now() > Date.parse(before.findings[0]?.firstSeenTime ?? '') + 2000,
    );
    await kubectl('delete', 'securityreport', 'deployment-deleted');
    const after = await report(
      'deployment-deleted',
      'is another object',
      ({ metadata }) => metadata.uid !== before.metadata.uid,
    );
    assert.deepEqual(after.findings, before.findings);
  });

  it('clears the finding of workloads whose ServiceAccount no longer hands out its token', async () => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } };
    await cluster.apply([account, deployment('token', { podSpec: { serviceAccountName: 'web' } })], namespace);
    await pods('token', 1);
    await report('deployment-token', 'complains of the token', has('service-account-token-automounted'));
    await cluster.apply([{ ...account, automountServiceAccountToken: false }], namespace);
    await report('deployment-token', 'complains no more', hasNot('service-account-token-automounted'));
    await report('deployment-token', 'says that a running pod still has it', has('service-account-token-stale'));
    await kubectl('delete', 'pods', '--selector=app=token', '--force', '--grace-period=0');
    await report('deployment-token', 'is content once the pods are new', hasNot('service-account-token-stale'));
  });

  it('sees an ephemeral container on the live pod', async () => {
    await cluster.apply([deployment('debugged')], namespace);
    const [pod = ''] = await pods('debugged', 1);
    await report('deployment-debugged', 'is there', hasNot('privileged-container'));
    const ephemeral = { name: 'shell', image: 'registry.example/shell:1', securityContext: { privileged: true } };
    const patch = JSON.stringify({ spec: { ephemeralContainers: [ephemeral] } });
    await kubectl('patch', pod, '--subresource=ephemeralcontainers', '--type=strategic', `--patch=${patch}`);
    const stored = await report('deployment-debugged', 'shows it', has('privileged-container'));
    const finding = stored.findings.find(({ check }) => check === 'privileged-container');
    assert.deepEqual([finding?.container, finding?.seenIn], ['shell', 'Pod']);
  });

  it('sees a sidecar that was injected into the live pod only', async function inject() {
    // The API server injects by itself since 1.36; before, it takes a webhook.
    const kinds = await cluster.kubectl(['api-resources', '--api-group=admissionregistration.k8s.io', '--output=name']);
    if (!kinds.includes('mutatingadmissionpolicies')) this.skip();
    await cluster.apply(sidecarInjection(namespace));
    await eventually('the injection works', async () => {
      const output = await kubectl(
        'run',
        'probe',
        '--image=registry.example/probe:1',
        '--labels=mesh=yes',
        '--dry-run=server',
        '--output=jsonpath={.spec.containers[*].name}',
      );
      return output.includes('proxy');
    });
    await cluster.apply([deployment('meshed', { labels: { mesh: 'yes' } })], namespace);
    const stored = await report('deployment-meshed', 'shows it', has('dangerous-capability'));
    const finding = stored.findings.find(({ check }) => check === 'dangerous-capability');
    assert.deepEqual([finding?.container, finding?.seenIn], ['proxy', 'Pod']);
    assert.equal(
      stored.findings.find(({ check, container }) => check === 'security-context-missing' && container === 'app')
        ?.seenIn,
      'Template',
    );
  });

  it('judges a ReplicaSet that nobody owns by its template', async () => {
    const selector = { matchLabels: { app: 'bare' } };
    const podSpec = { hostNetwork: true, containers: [{ name: 'app', image: 'registry.example/app:1' }] };
    const template = { metadata: { labels: selector.matchLabels }, spec: podSpec };
    await cluster.apply(
      [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          metadata: { name: 'bare' },
          spec: { replicas: 0, selector, template },
        },
      ],
      namespace,
    );
    const stored = await report('replicaset-bare', 'complains', has('host-network'));
    assert.equal(stored.findings.find(({ check }) => check === 'host-network')?.seenIn, 'Template');
  });

  it('writes nothing when only the status of a pod changes', async () => {
    await cluster.apply([deployment('beating'), deployment('later')], namespace);
    const [pod = ''] = await pods('beating', 1);
    await pods('later', 1);
    await report('deployment-later', 'is there', () => true);
    await report('deployment-beating', 'is there', () => true);
    /** The versions of all reports but that of the fence, once they have stood still. */
    const versions = async (): Promise<readonly string[]> =>
      (await cluster.reports())
        .filter(({ metadata }) => metadata.name !== 'deployment-later')
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name} ${metadata.resourceVersion}`)
        .sort();
    const settledVersions = async (): Promise<readonly string[]> =>
      eventually('nothing is written any more', async () => {
        const some = await versions();
        await setTimeout(500);
        return (await versions()).join() === some.join() ? some : undefined;
      });
    const seen = async (): Promise<number | undefined> =>
      operator.metric('plimsoll_watch_last_event_timestamp_seconds', { resource: 'pods' });
    const [before, seenBefore] = [await settledVersions(), await seen()];
    for (const phase of ['Running', 'Pending', 'Running']) {
      await kubectl(
        'patch',
        pod,
        '--subresource=status',
        '--type=merge',
        `--patch=${JSON.stringify({ status: { phase } })}`,
      );
    }
    await eventually('the operator has seen the change', async () => Number(await seen()) > Number(seenBefore));
    // Had anything been marked by it, this later change would have come after it in the queue.
    await cluster.apply([deployment('later', { podSpec: { hostPID: true } })], namespace);
    await report('deployment-later', 'is worse', has('host-pid'));
    assert.deepEqual(await settledVersions(), before);
  });

  it('forgets a finding that was fixed, and takes it for new when it returns', async () => {
    const fixed = deployment('relapsing', { strategy: { type: 'Recreate' }, podSpec: { hostPID: false } });
    const bad = deployment('relapsing', { strategy: { type: 'Recreate' }, podSpec: { hostPID: true } });
    await cluster.apply([bad], namespace);
    const first = await report('deployment-relapsing', 'complains', has('host-pid'));
    await cluster.apply([fixed], namespace);
    await report('deployment-relapsing', 'is content', hasNot('host-pid'));
    await eventually(
      'the clock has moved on',
      () => Date.now() > Date.parse(first.findings[0]?.firstSeenTime ?? '') + 2000,
    );
    await cluster.apply([bad], namespace);
    const again = await report('deployment-relapsing', 'complains again', has('host-pid'));
    const timeOf = ({ findings }: StoredReport): string | undefined =>
      findings.find(({ check }) => check === 'host-pid')?.firstSeenTime;
    assert.ok(String(timeOf(again)) > String(timeOf(first)));
  });

  it('has no findings on the roles and bindings that Kubernetes itself brings', async () => {
    const builtIn = (await cluster.reports()).filter(
      ({ subject }) => /Role/.test(subject.kind) && subject.name.startsWith('system:'),
    );
    assert.deepEqual(
      builtIn.map(({ metadata }) => metadata.name),
      [],
    );
  });

  it('finds a subject that somebody added to a binding of Kubernetes itself', async () => {
    const subject = JSON.stringify([
      {
        op: 'add',
        path: '/subjects/-',
        value: { kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'mallory' },
      },
    ]);
    await cluster.kubectl(['patch', 'clusterrolebinding', 'cluster-admin', '--type=json', `--patch=${subject}`]);
    try {
      const found = await cluster.reportWhere(
        '',
        'clusterrolebinding-cluster-admin',
        'is there',
        has('cluster-admin-binding'),
      );
      assert.ok(found.findings.every(({ message }) => message.includes('mallory')));
    } finally {
      await cluster.kubectl([
        'patch',
        'clusterrolebinding',
        'cluster-admin',
        '--type=json',
        '--patch=[{"op":"remove","path":"/subjects/1"}]',
      ]);
    }
    await eventually(
      'the report is gone with the subject',
      async () => (await cluster.report('', 'clusterrolebinding-cluster-admin')) === undefined,
    );
  });

  it('serves its counts as metrics', async () => {
    const reports = (await cluster.reports()).filter(({ metadata }) => metadata.namespace === namespace);
    const expected = reports.reduce((sum, { summary }) => sum + summary.critical, 0);
    await eventually('the metric agrees with the reports', async () => {
      assert.equal(await operator.metric('plimsoll_violations', { namespace, severity: 'critical' }), expected);
      return true;
    });
  });
});
