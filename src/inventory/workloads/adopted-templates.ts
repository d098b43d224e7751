import type { RawObject } from '../../kube/raw-object.ts';
import type { LabelledSpec } from '../facts/workload.ts';
import type { SubjectKey } from '../subject-key.ts';
import { poolLabels, poolSpec, type JudgePod, type Pools } from '../projections/workloads.ts';

/**
 * Templates of ReplicaSets that nobody owns. Of ReplicaSets only metadata is watched, because clusters are full of those
 * that Deployments left behind; the few that people made themselves are asked for one by one.
 */
export interface AdoptedTemplates<V> {
  readonly get: (key: SubjectKey, version: string) => LabelledSpec<V> | undefined;
  readonly adopt: (key: SubjectKey, version: string, object: RawObject) => void;
  readonly drop: (key: SubjectKey) => void;
}

export function createAdoptedTemplates<V>(pools: Pools<V>, judgePod: JudgePod<V>): AdoptedTemplates<V> {
  const adopted = new Map<
    SubjectKey,
    { readonly version: string; readonly template: LabelledSpec<V>; readonly digest: string }
  >();

  function drop(key: SubjectKey): void {
    const known = adopted.get(key);
    if (known === undefined) return;
    adopted.delete(key);
    pools.specs.release(known.digest);
    pools.labels.release(known.template.labels.key);
  }

  return {
    get(key, version) {
      const known = adopted.get(key);
      return known?.version === version ? known.template : undefined;
    },
    adopt(key, version, object) {
      drop(key);
      const { facts: spec, digest } = poolSpec(object, 'spec.template', pools, judgePod);
      adopted.set(key, { version, template: { spec, labels: poolLabels(object, 'spec.template', pools) }, digest });
    },
    drop,
  };
}
