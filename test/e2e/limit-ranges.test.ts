import { deployment } from '../support/manifests.ts';
import { useInstalled } from '../support/installed.ts';
import { violated } from '../support/violated.ts';

const LIMIT_RANGE = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'defaults' },
  // The API server makes a default of the maximum.
  spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] },
};

describe('a workload whose limits come from its namespace', () => {
  const cluster = useInstalled();

  it('is right for its template at once, and for its pods once they are made anew', async () => {
    const namespace = await cluster.namespace('shop');
    const operator = await cluster.operator('--checks=resource-limits-missing');
    await operator.firstPassDone();
    const isFound = (findings: Parameters<typeof violated>[0]): boolean =>
      violated(findings).includes('resource-limits-missing');
    const inNamespace = `--namespace=${namespace}`;

    await cluster.apply([LIMIT_RANGE, deployment('web')], namespace);
    await cluster.reportWhere(namespace, 'deployment-web', 'finds nothing', (report) => !isFound(report));
    await cluster.kubectl(['delete', 'limitrange', 'defaults', inNamespace]);
    await cluster.reportWhere(namespace, 'deployment-web', 'finds the template', isFound);
    await cluster.kubectl(['delete', 'pods', '--selector=app=web', '--wait=false', '--grace-period=0', inNamespace]);
    await cluster.apply([LIMIT_RANGE], namespace);
    await cluster.kubectl(['delete', 'pods', '--selector=app=web', '--wait=false', '--grace-period=0', inNamespace]);
    await cluster.reportWhere(namespace, 'deployment-web', 'finds nothing again', (report) => !isFound(report));
    await operator.stop();
  });
});
