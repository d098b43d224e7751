import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ARCHETYPES } from '../../bench/archetypes.ts';
import { nodeOfPod, planCluster } from '../../bench/cluster-plan.ts';

const sizes = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 200 }))
  .map(([namespaces, more, pods]) => ({ namespaces, workloads: namespaces + more, pods }));

describe('The plan of a loaded cluster', () => {
  it('has as many pods as are asked for, shared evenly, in namespaces of which none is empty', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const { deployments, namespaces } = planCluster(size);
        const replicas = deployments.map(({ object }) => object.spec?.replicas ?? 0);
        assert.equal(deployments.length, size.workloads);
        assert.equal(
          replicas.reduce((sum, count) => sum + count, 0),
          size.pods,
        );
        assert.ok(Math.max(...replicas) - Math.min(...replicas) <= 1);
        const used = new Set(deployments.map(({ object }) => object.metadata?.namespace));
        assert.deepEqual(
          [...used],
          namespaces.map(({ object }) => object.metadata?.name),
        );
      }),
    );
  });

  it('has every sort of workload, as often as its percentage says', () => {
    const { deployments } = planCluster({ pods: 200, workloads: 200, namespaces: 16 });
    const count = (name: string): number =>
      deployments.filter(({ object }) => object.metadata?.name?.startsWith(`${name}-0`)).length;
    assert.deepEqual(
      ARCHETYPES.map(({ name }) => [name, count(name)]),
      ARCHETYPES.map(({ name, percent }) => [name, 2 * percent]),
    );
  });

  it('has most sorts of workloads in a small cluster too', () => {
    const { deployments } = planCluster({ pods: 20, workloads: 20, namespaces: 2 });
    const sorts = new Set(deployments.map(({ object }) => object.metadata?.name?.replace(/-\d+$/, '')));
    assert.deepEqual(sorts, new Set(['api', 'edge-proxy', 'hardened', 'node-tool', 'web', 'worker']));
  });

  it('gives each workload a spec of its own, as real clusters do', () => {
    const { deployments } = planCluster({ pods: 100, workloads: 100, namespaces: 8 });
    const specs = new Set(deployments.map(({ object }) => JSON.stringify(object.spec?.template.spec)));
    assert.equal(specs.size, 100);
  });

  it('runs each pod on a Node that exists', () => {
    const plan = planCluster({ pods: 130, workloads: 10, namespaces: 1 });
    const nodes = plan.nodes.map(({ object }) => object.metadata?.name);
    assert.deepEqual([nodeOfPod(plan, 0), nodeOfPod(plan, 1), nodeOfPod(plan, 129)], [nodes[0], nodes[1], nodes[0]]);
  });
});
