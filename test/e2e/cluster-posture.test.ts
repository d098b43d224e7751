import assert from 'node:assert/strict';
import { eventually } from '../cluster/eventually.ts';
import type { Manifest } from '../support/manifests.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { violated } from '../support/violated.ts';

const has =
  (check: string) =>
  (report: StoredReport): boolean =>
    violated(report).includes(check);
const lacks =
  (check: string) =>
  (report: StoredReport): boolean =>
    !has(check)(report);

const kubeletConfig = (...lines: readonly string[]): Manifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kubelet-config', namespace: 'kube-system' },
  data: { kubelet: ['kind: KubeletConfiguration', 'rotateCertificates: true', ...lines].join('\n') },
});

const webhook = (failurePolicy: string): Manifest => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'posture-policies' },
  webhooks: [
    {
      name: 'validation.gatekeeper.sh',
      failurePolicy,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      timeoutSeconds: 1,
      clientConfig: { service: { namespace: 'nowhere', name: 'gatekeeper-webhook-service' } },
      // No pod of the other tests has it.
      objectSelector: { matchLabels: { 'posture-test': 'yes' } },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    },
  ],
});

describe('the posture of the cluster as a whole', () => {
  const cluster = useInstalled();
  let stop: () => Promise<unknown> = () => Promise.resolve();

  const remove = async (kind: string, name: string): Promise<void> => {
    const namespace = kind === 'configmap' || kind === 'pod' ? ['--namespace=kube-system'] : [];
    const flags = kind === 'pod' ? ['--force', '--grace-period=0'] : [];
    await cluster.kubectl(['delete', kind, name, '--ignore-not-found', '--wait=false', ...flags, ...namespace]);
  };
  const cleanUp = async (): Promise<void> => {
    await remove('pod', 'kube-apiserver-posture');
    await remove('node', 'posture');
    await remove('configmap', 'kubelet-config');
    await remove('validatingwebhookconfiguration', 'posture-policies');
  };
  const wholeWhere = (what: string, is: (report: StoredReport) => boolean): Promise<StoredReport> =>
    cluster.reportWhere('', 'cluster', what, is);

  before(async () => {
    const operator = await cluster.operator();
    stop = operator.stop;
    await operator.firstPassDone();
  });
  after(async () => {
    await cleanUp();
    await stop();
  });

  it('is unknown where nothing tells, and never a pass', async () => {
    const whole = await wholeWhere('is there', () => true);
    const reasons = new Map(whole.unknown.map(({ check, reason }) => [check, reason]));
    assert.equal(reasons.get('apiserver-anonymous-auth'), 'ManagedControlPlane');
    assert.equal(reasons.get('kubelet-anonymous-auth'), 'NotProvided');
    assert.equal(reasons.get('cni-without-network-policy'), 'NotProvided');
    assert.deepEqual(
      violated(whole).filter((check) => reasons.has(check)),
      [],
    );
  });

  it('shows a kubelet configuration while it is wanting, once for all nodes', async () => {
    await cluster.apply([kubeletConfig('readOnlyPort: 10255')], 'kube-system');
    const found = await wholeWhere('complains of the port', has('kubelet-read-only-port'));
    const finding = found.findings.find(({ check }) => check === 'kubelet-read-only-port');
    assert.equal(finding?.origin, 'Observed');
    assert.equal(finding.path, 'readOnlyPort');
    assert.ok(!found.unknown.some(({ check }) => check.startsWith('kubelet-')));
    await cluster.apply([kubeletConfig('readOnlyPort: 0')], 'kube-system');
    await wholeWhere('is content with the port', lacks('kubelet-read-only-port'));
  });

  it('shows a webhook of a policy engine that fails open, on its configuration', async () => {
    const before = await wholeWhere('misses a policy engine', has('admission-policy-engine-missing'));
    assert.ok(before.summary.high > 0);
    await cluster.apply([webhook('Ignore')]);
    const name = 'validatingwebhookconfiguration-posture-policies';
    await cluster.reportWhere('', name, 'complains', has('admission-webhook-fail-open'));
    await wholeWhere('sees the policy engine', lacks('admission-policy-engine-missing'));
    await cluster.apply([webhook('Fail')]);
    await eventually('its report is gone', async () => (await cluster.report('', name)) === undefined);
  });

  it('shows the flags of a control plane that runs as static pods', async () => {
    await cluster.apply([{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'posture' } }]);
    const uid = await cluster.kubectl(['get', 'node', 'posture', '--output=jsonpath={.metadata.uid}']);
    const owner = { apiVersion: 'v1', kind: 'Node', name: 'posture', uid: uid.trim(), controller: true };
    const command = ['kube-apiserver', '--anonymous-auth=false', '--authorization-mode=AlwaysAllow'];
    // A kubelet makes such a pod of a file; an administrator may do so too.
    await cluster.apply(
      [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name: 'kube-apiserver-posture',
            namespace: 'kube-system',
            annotations: { 'kubernetes.io/config.mirror': 'hash' },
            ownerReferences: [owner],
          },
          spec: {
            nodeName: 'posture',
            hostNetwork: true,
            containers: [{ name: 'kube-apiserver', image: 'registry.k8s.io/kube-apiserver:v1.37.2', command }],
          },
        },
      ],
      'kube-system',
    );
    const whole = await wholeWhere('judges the flags', has('apiserver-authorization-mode'));
    assert.ok(lacks('apiserver-anonymous-auth')(whole));
    assert.ok(!whole.unknown.some(({ check }) => check === 'apiserver-anonymous-auth'));
    await remove('pod', 'kube-apiserver-posture');
    await wholeWhere('knows no flags any more', ({ unknown }) =>
      unknown.some(({ check }) => check === 'apiserver-anonymous-auth'),
    );
  });
});
