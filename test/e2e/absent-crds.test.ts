import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventually } from '../cluster/eventually.ts';
import { useInstalled } from '../support/installed.ts';

describe('an operator whose CustomResourceDefinitions are not there', () => {
  const cluster = useInstalled();

  it('says so, is not ready, and begins when they come', async () => {
    await cluster.kubectl(['delete', 'crd', 'securityreports.plimsoll.dev', 'clustersecurityreports.plimsoll.dev']);
    const operator = await cluster.operator();
    await eventually('it says so', () =>
      operator.log().includes('CustomResourceDefinitions of Plimsoll are not installed'),
    );
    assert.equal(await operator.probe('/healthz'), 200);
    assert.equal(await operator.probe('/readyz'), 503);
    const manifests = await readFile(new URL('../../manifests/install.yaml', import.meta.url), 'utf8');
    await cluster.kubectl(['apply', '--server-side', '--filename=-'], { input: manifests });
    await operator.firstPassDone();
    assert.ok((await cluster.report('', 'cluster')) !== undefined);
    await operator.stop();
    await cluster.kubectl(['delete', 'deployment', 'plimsoll', '--namespace=plimsoll-system']);
  });

  it('writes all reports anew, as the baseline, when they are taken away and come back under it', async () => {
    const operator = await cluster.operator();
    await operator.firstPassDone();
    const before = await cluster.reports();
    await cluster.kubectl(['delete', 'crd', 'securityreports.plimsoll.dev', 'clustersecurityreports.plimsoll.dev']);
    const manifests = await readFile(new URL('../../manifests/install.yaml', import.meta.url), 'utf8');
    await cluster.kubectl(['apply', '--server-side', '--filename=-'], { input: manifests });
    await cluster.kubectl(['delete', 'deployment', 'plimsoll', '--namespace=plimsoll-system']);
    /** Not those of our own namespace, where a Deployment comes and goes. */
    const lasting = (reports: typeof before): typeof before =>
      reports.filter(({ metadata }) => /^kube-|^$/.test(metadata.namespace ?? ''));
    const names = (reports: typeof before): readonly string[] =>
      lasting(reports)
        .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)
        .sort();
    await eventually(
      'all reports are back',
      async () => {
        assert.deepEqual(names(await cluster.reports()), names(before));
        return true;
      },
      { timeoutMs: 50_000 },
    );
    const after = lasting(await cluster.reports());
    const origins = new Set(after.flatMap(({ findings }) => findings.map(({ origin }) => origin)));
    assert.ok(!origins.has('Observed'));
    await operator.stop();
  });
});
