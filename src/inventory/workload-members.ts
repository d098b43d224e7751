import type { ControllerFacts, PodFacts } from './facts/workload.ts';
import type { PodSpecFacts } from './facts/pod-spec.ts';
import { createMultiMap } from './multi-map.ts';
import { ownerKey } from './owners.ts';
import type { Change } from './store.ts';
import { keyOfRef, subjectKey, type SubjectKey } from './subject-key.ts';

/** Who owns whom, who runs as which ServiceAccount, and how many live in a namespace. */
export interface WorkloadMembers<V> {
  readonly changePod: (change: Change<PodFacts<V>>) => void;
  readonly changeController: (change: Change<ControllerFacts<V>>) => void;
  /** Names of the live pods that an owner controls directly. */
  readonly podsOf: (owner: SubjectKey) => Iterable<string>;
  /** ReplicaSets, Jobs and the like that an owner controls. */
  readonly childrenOf: (owner: SubjectKey) => Iterable<SubjectKey>;
  /** Pods and controllers whose spec names the ServiceAccount. */
  readonly usersOf: (namespace: string, serviceAccount: string) => Iterable<SubjectKey>;
  /** ServiceAccounts of the namespace that such a spec names. */
  readonly accountsIn: (namespace: string) => Iterable<string>;
  /** Whether a pod lives there, or a controller that could make one. */
  readonly isInhabited: (namespace: string) => boolean;
}

const accountKey = (namespace: string, name: string): string => `${namespace}/${name}`;

export function createWorkloadMembers<V>(): WorkloadMembers<V> {
  const pods = createMultiMap<SubjectKey, string>();
  const children = createMultiMap<SubjectKey, SubjectKey>();
  const users = createMultiMap<string, SubjectKey>();
  const accounts = createMultiMap<string, string>();
  const population = new Map<string, number>();

  function settle(key: SubjectKey, namespace: string, spec: PodSpecFacts<V> | undefined, how: 'add' | 'delete'): void {
    const count = (population.get(namespace) ?? 0) + (how === 'add' ? 1 : -1);
    if (count === 0) population.delete(namespace);
    else population.set(namespace, count);
    if (spec !== undefined) use(namespace, spec.serviceAccountName, key, how);
  }

  function use(namespace: string, account: string, key: SubjectKey, how: 'add' | 'delete'): void {
    users[how](accountKey(namespace, account), key);
    const [anyUser] = users.get(accountKey(namespace, account));
    accounts[anyUser === undefined ? 'delete' : 'add'](namespace, account);
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
    accountsIn: accounts.get,
    isInhabited: (namespace) => population.has(namespace),
  };
}
