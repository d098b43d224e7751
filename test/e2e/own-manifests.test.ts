import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { useInstalled } from '../support/installed.ts';
import { violated } from '../support/violated.ts';

describe('what Plimsoll finds wrong with its own installation', () => {
  const cluster = useInstalled();

  before(async () => {
    const manifests = await readFile(new URL('../../manifests/install.yaml', import.meta.url), 'utf8');
    await cluster.kubectl(['apply', '--server-side', '--filename=-'], { input: manifests });
  });
  after(async () => {
    await cluster.kubectl(['delete', 'deployment', 'plimsoll', '--namespace=plimsoll-system']);
  });

  it('is that its pod needs a token, reads in other namespaces, no release has a digest yet, and that the API server cannot be named', async () => {
    const operator = await cluster.operator();
    await operator.firstPassDone();
    const own = (await cluster.reports()).filter(
      ({ metadata, subject }) => metadata.namespace === 'plimsoll-system' || subject.name.startsWith('plimsoll'),
    );
    const found = own
      .filter(({ findings }) => findings.length > 0)
      .map((report) => [report.metadata.name, violated(report)]);
    // The ConfigMaps that tell of the cluster, each readable by name, are in namespaces of Kubernetes.
    const foreign = ['rolebinding-plimsoll', ['cross-namespace-subject']];
    assert.deepEqual(found, [
      foreign,
      foreign,
      foreign,
      ['deployment-plimsoll', ['image-digest-not-pinned', 'service-account-token-automounted']],
      ['networkpolicy-plimsoll', ['network-policy-allows-all']],
    ]);
    assert.ok(own.some(({ metadata }) => metadata.name === 'deployment-plimsoll'));
    await operator.stop();
  });
});
