import type { ControllerFacts, PodFacts } from './facts/workload.ts';
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
  /** Pods and controllers of a namespace, but for controllers without a template of their own that others control. */
  readonly membersOf: (namespace: string) => Iterable<SubjectKey>;
  /** Whether a pod lives there, or a controller that could make one. */
  readonly isInhabited: (namespace: string) => boolean;
}

/** No ServiceAccount is called so. */
const UNKNOWN_ACCOUNT = '';

const accountKey = (namespace: string, name: string): string => `${namespace}/${name}`;

export function createWorkloadMembers<V>(): WorkloadMembers<V> {
  const pods = createMultiMap<SubjectKey, string>();
  const children = createMultiMap<SubjectKey, SubjectKey>();
  const users = createMultiMap<string, SubjectKey>();
  /** Names of the ServiceAccounts in use, by namespace. */
  const accounts = createMultiMap<string, string>();
  const population = new Map<string, number>();

  function settle(key: SubjectKey, namespace: string, account: string | undefined, how: 'add' | 'delete'): void {
    const count = (population.get(namespace) ?? 0) + (how === 'add' ? 1 : -1);
    if (count === 0) population.delete(namespace);
    else population.set(namespace, count);
    if (account === undefined) return;
    users[how](accountKey(namespace, account), key);
    accounts[users.has(accountKey(namespace, account)) ? 'add' : 'delete'](namespace, account);
  }

  function* membersOf(namespace: string): Iterable<SubjectKey> {
    for (const account of accounts.get(namespace)) yield* users.get(accountKey(namespace, account));
  }

  function pod(namespace: string, name: string, { finished, spec, owner }: PodFacts<V>, how: 'add' | 'delete'): void {
    if (finished) return;
    settle(subjectKey('', 'Pod', namespace, name), namespace, spec.serviceAccountName, how);
    if (owner !== undefined) pods[how](ownerKey(owner, namespace), name);
  }

  function controller(
    namespace: string,
    { ref, finished, template, owner }: ControllerFacts<V>,
    how: 'add' | 'delete',
  ): void {
    const key = keyOfRef(ref);
    // One that nobody controls is a workload, also where its template is not watched.
    const account = template?.serviceAccountName ?? (owner === undefined ? UNKNOWN_ACCOUNT : undefined);
    if (!finished) settle(key, namespace, account, how);
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
    membersOf,
    usersOf: (namespace, serviceAccount) => users.get(accountKey(namespace, serviceAccount)),
    isInhabited: (namespace) => population.has(namespace),
  };
}
