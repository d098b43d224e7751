import type { ControllerFacts, PodFacts } from './facts/workload.ts';
import type { PodSpecFacts } from './facts/pod-spec.ts';
import { createMultiMap } from './multi-map.ts';
import { ownerKey } from './owners.ts';
import type { Change } from './store.ts';
import { keyOfRef, subjectKey, type SubjectKey } from './subject-key.ts';

/** Who owns whom, and who runs as which ServiceAccount. */
export interface WorkloadMembers<V> {
  readonly changePod: (change: Change<PodFacts<V>>) => void;
  readonly changeController: (change: Change<ControllerFacts<V>>) => void;
  /** Names of the live pods that an owner controls directly. */
  readonly podsOf: (owner: SubjectKey) => Iterable<string>;
  /** ReplicaSets, Jobs and the like that an owner controls. */
  readonly childrenOf: (owner: SubjectKey) => Iterable<SubjectKey>;
  /** Pods and controllers whose spec names the ServiceAccount. */
  readonly usersOf: (namespace: string, serviceAccount: string) => Iterable<SubjectKey>;
}

const accountKey = (namespace: string, name: string): string => `${namespace}/${name}`;

export function createWorkloadMembers<V>(): WorkloadMembers<V> {
  const pods = createMultiMap<SubjectKey, string>();
  const children = createMultiMap<SubjectKey, SubjectKey>();
  const users = createMultiMap<string, SubjectKey>();

  function settle(key: SubjectKey, namespace: string, spec: PodSpecFacts<V> | undefined, how: 'add' | 'delete'): void {
    if (spec !== undefined) users[how](accountKey(namespace, spec.serviceAccountName), key);
  }

  function pod(namespace: string, name: string, { finished, spec, owner }: PodFacts<V>, how: 'add' | 'delete'): void {
    if (finished) return;
    settle(subjectKey('', 'Pod', namespace, name), namespace, spec, how);
    if (owner !== undefined) pods[how](ownerKey(owner, namespace), name);
  }

  function controller(
    namespace: string,
    { ref, finished, template, owner }: ControllerFacts<V>,
    how: 'add' | 'delete',
  ): void {
    const key = keyOfRef(ref);
    if (!finished) settle(key, namespace, template, how);
    if (owner !== undefined) children[how](ownerKey(owner, namespace), key);
  }

  return {
    changePod: ({ namespace, name, before, after }) => {
      if (before !== undefined) pod(namespace, name, before, 'delete');
      if (after !== undefined) pod(namespace, name, after, 'add');
    },
    changeController: ({ namespace, before, after }) => {
      if (before !== undefined) controller(namespace, before, 'delete');
      if (after !== undefined) controller(namespace, after, 'add');
    },
    podsOf: pods.get,
    childrenOf: children.get,
    usersOf: (namespace, serviceAccount) => users.get(accountKey(namespace, serviceAccount)),
  };
}
