import type { ControllerFacts, PodFacts } from '../facts/workload.ts';
import { createAccountUsers, useOfController, useOfPod, type AccountUse, type AccountUsers } from './account-users.ts';
import { createMultiMap } from '../collections/multi-map.ts';
import { ownerKey } from './owners.ts';
import type { Change } from '../store.ts';
import { keyOfRef, type SubjectKey } from '../subject-key.ts';

/** Who owns whom, and who runs as which ServiceAccount. */
export interface WorkloadMembers<V> {
  readonly changePod: (change: Change<PodFacts<V>>) => void;
  readonly changeController: (change: Change<ControllerFacts<V>>) => void;
  /** Names of the live pods that an owner controls directly. */
  readonly podsOf: (owner: SubjectKey) => Iterable<string>;
  /** ReplicaSets, Jobs and the like that an owner controls. */
  readonly childrenOf: (owner: SubjectKey) => Iterable<SubjectKey>;
  readonly accountUsers: AccountUsers;
}

export function createWorkloadMembers<V>(): WorkloadMembers<V> {
  const pods = createMultiMap<SubjectKey, string>();
  const children = createMultiMap<SubjectKey, SubjectKey>();
  const accountUsers = createAccountUsers();

  function settle(use: AccountUse | undefined, how: 'add' | 'delete'): void {
    if (use !== undefined) accountUsers[how](use);
  }

  function pod(namespace: string, name: string, facts: PodFacts<V>, how: 'add' | 'delete'): void {
    if (facts.finished) return;
    settle(useOfPod(namespace, name, facts), how);
    if (facts.owner !== undefined) pods[how](ownerKey(facts.owner, namespace), name);
  }

  function controller(namespace: string, facts: ControllerFacts<V>, how: 'add' | 'delete'): void {
    if (!facts.finished) settle(useOfController(namespace, facts), how);
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
  };
}
