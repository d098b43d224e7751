import type { ControllerFacts, PodFacts } from './facts/workload.ts';
import { createAccountUsers, useOfController, useOfPod, type AccountUse, type AccountUsers } from './account-users.ts';
import { createMultiMap } from './multi-map.ts';
import { ownerKey } from './owners.ts';
import type { Change } from './store.ts';
import { keyOfRef, type SubjectKey } from './subject-key.ts';

/** Who owns whom, who runs as which ServiceAccount, and how many live in a namespace. */
export interface WorkloadMembers<V> {
  readonly changePod: (change: Change<PodFacts<V>>) => void;
  readonly changeController: (change: Change<ControllerFacts<V>>) => void;
  /** Names of the live pods that an owner controls directly. */
  readonly podsOf: (owner: SubjectKey) => Iterable<string>;
  /** ReplicaSets, Jobs and the like that an owner controls. */
  readonly childrenOf: (owner: SubjectKey) => Iterable<SubjectKey>;
  readonly accountUsers: AccountUsers;
  /** Whether a pod lives there, or a controller that could make one. */
  readonly isInhabited: (namespace: string) => boolean;
}

export function createWorkloadMembers<V>(): WorkloadMembers<V> {
  const pods = createMultiMap<SubjectKey, string>();
  const children = createMultiMap<SubjectKey, SubjectKey>();
  const accountUsers = createAccountUsers();
  const population = new Map<string, number>();

  function settle(namespace: string, use: AccountUse | undefined, how: 'add' | 'delete'): void {
    const count = (population.get(namespace) ?? 0) + (how === 'add' ? 1 : -1);
    if (count === 0) population.delete(namespace);
    else population.set(namespace, count);
    if (use !== undefined) accountUsers[how](use);
  }

  function pod(namespace: string, name: string, facts: PodFacts<V>, how: 'add' | 'delete'): void {
    if (facts.finished) return;
    settle(namespace, useOfPod(namespace, name, facts), how);
    if (facts.owner !== undefined) pods[how](ownerKey(facts.owner, namespace), name);
  }

  function controller(namespace: string, facts: ControllerFacts<V>, how: 'add' | 'delete'): void {
    if (!facts.finished) settle(namespace, useOfController(namespace, facts), how);
    if (facts.owner !== undefined) children[how](ownerKey(facts.owner, namespace), keyOfRef(facts.ref));
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
    accountUsers,
    isInhabited: (namespace) => population.has(namespace),
  };
}
