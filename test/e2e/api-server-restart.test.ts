import assert from 'node:assert/strict';
import { useInstalled } from '../support/installed.ts';
import { deployment } from '../support/manifests.ts';

describe('an operator whose API server restarts', () => {
  const cluster = useInstalled();

  it('writes nothing for that, stays alive, and sees what comes after', async () => {
    const namespace = await cluster.namespace('shop');
    await cluster.apply([deployment('web', { podSpec: { hostNetwork: true } })], namespace);
    const operator = await cluster.operator();
    await operator.firstPassDone();
    await cluster.kubectl([
      'wait',
      '--for=jsonpath={.status.replicas}=1',
      'deployment/web',
      `--namespace=${namespace}`,
    ]);
    await cluster.reportWhere(namespace, 'deployment-web', 'is there', () => true);
    const before = await cluster.report(namespace, 'deployment-web');

    await cluster.controlPlane().restartApiServer(async () => assert.equal(await operator.probe('/healthz'), 200));

    await cluster.apply([deployment('late', { podSpec: { hostPID: true } })], namespace);
    const late = await cluster.reportWhere(namespace, 'deployment-late', 'is there', () => true);
    assert.equal(late.findings.find(({ check }) => check === 'host-pid')?.origin, 'Observed');
    const after = await cluster.report(namespace, 'deployment-web');
    assert.equal(after?.metadata.resourceVersion, before?.metadata.resourceVersion);
    await operator.stop();
  });
});
