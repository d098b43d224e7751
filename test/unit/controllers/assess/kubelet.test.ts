import assert from 'node:assert/strict';
import type { Assessed } from '../../../../src/controllers/assess/assess.ts';
import { assessCluster } from '../../../../src/controllers/assess/cluster.ts';
import type { KubeletAnswers } from '../../../../src/controllers/kubelets/kubelet-answers.ts';
import { assessNode } from '../../../../src/controllers/assess/subjects.ts';
import { meta, raw } from '../../../support/objects.ts';
import { ALL } from '../../../support/all-checks.ts';
import { judging } from '../../../support/judging.ts';

interface World {
  readonly cluster: () => Assessed;
  readonly node: () => Assessed | undefined;
  readonly declare: (kubelet: string) => void;
}

/** A cluster of one node; its kubelet is asked if answers are given. */
function world({ kubelets, isReadable = true }: { kubelets?: KubeletAnswers; isReadable?: boolean } = {}): World {
  const deps = judging({
    ...(kubelets !== undefined && { kubelets }),
    unreadable: isReadable ? [] : ['KubeletConfig'],
  });
  const { inventory } = deps;
  inventory.sink('Node').upsert(raw({ metadata: meta({ name: 'a', namespace: '' }) }));
  return {
    cluster: () => assessCluster(deps, undefined),
    node: () => assessNode({ group: '', kind: 'Node', namespace: '', name: 'a' }, deps),
    declare: (kubelet) =>
      inventory
        .sink('KubeletConfig')
        .upsert(raw({ metadata: meta({ name: 'kubelet-config', namespace: 'kube-system' }), data: { kubelet } })),
  };
}

const IDS = ALL.of('kubelet').map(({ id }) => id);
const ofKubelets = (entries: readonly { readonly check: string }[] = []): readonly string[] =>
  entries.map(({ check }) => check).filter((check) => IDS.includes(check));

describe('The configuration of kubelets', () => {
  it('is found wanting once, on the Cluster, where all have it from one place', () => {
    const { cluster, node, declare } = world();
    declare('readOnlyPort: 10255');
    assert.ok(ofKubelets(cluster().findings).includes('kubelet-read-only-port'));
    assert.deepEqual(ofKubelets(node()?.findings), []);
    assert.deepEqual(ofKubelets(node()?.undecided), []);
  });

  it('counts what has passed', () => {
    const { cluster, declare } = world();
    const before = cluster().passed;
    declare('readOnlyPort: 0');
    const found = new Set(ofKubelets(cluster().findings));
    assert.equal(cluster().passed - before, IDS.length - found.size);
  });

  it('is unknown where there is no such place', () => {
    const { undecided } = world().cluster();
    assert.deepEqual(ofKubelets(undecided), IDS);
    assert.ok(undecided.filter(({ check }) => IDS.includes(check)).every(({ reason }) => reason === 'NotProvided'));
  });

  it('is unknown where it cannot be read', () => {
    const { cluster, declare } = world();
    declare('a: [b');
    assert.ok(cluster().undecided.some(({ check, reason }) => check === IDS[0] && reason === 'Malformed'));
  });

  it('keeps what was found while the ConfigMap may not be read, which is said once, of the kind', () => {
    const { undecided, uncertain } = world({ isReadable: false }).cluster();
    const denied = undecided.filter(({ reason }) => reason === 'PermissionDenied');
    assert.deepEqual(ofKubelets(undecided), IDS);
    assert.deepEqual(ofKubelets(denied), IDS);
    assert.ok(IDS.every((id) => uncertain.has(id)));
  });

  it('is found wanting on each Node where kubelets are asked', () => {
    const kubelets: KubeletAnswers = { of: () => ({ config: { readOnlyPort: 10_255 } }), refused: () => undefined };
    const { cluster, node, declare } = world({ kubelets });
    declare('readOnlyPort: 10255');
    assert.deepEqual(ofKubelets(cluster().findings), []);
    assert.ok(ofKubelets(node()?.findings).includes('kubelet-read-only-port'));
  });

  it('is unknown on a Node whose kubelet does not answer', () => {
    const silent = { reason: 'NotProvided', message: 'the kubelet cannot be reached' } as const;
    const { node } = world({ kubelets: { of: () => silent, refused: () => undefined } });
    assert.deepEqual(ofKubelets(node()?.undecided), IDS);
  });

  it('keeps what was found until a kubelet has been asked', () => {
    const { node } = world({ kubelets: { of: () => undefined, refused: () => undefined } });
    assert.deepEqual(ofKubelets(node()?.undecided), []);
    assert.ok(IDS.every((id) => node()?.uncertain.has(id)));
  });

  it('is unknown once, on the Cluster, where kubelets refuse', () => {
    const refusal = { reason: 'PermissionDenied', message: 'kubelets refuse' } as const;
    const { cluster } = world({ kubelets: { of: () => undefined, refused: () => refusal } });
    assert.deepEqual(ofKubelets(cluster().undecided), IDS);
  });
});
