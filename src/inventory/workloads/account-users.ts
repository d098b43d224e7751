import type { PodSpecFacts } from '../facts/pod-spec.ts';
import type { ControllerFacts, PodFacts } from '../facts/workload.ts';
import { ownerKey, ownerSort } from './owners.ts';
import { keyOfRef, subjectKey, type SubjectKey } from '../subject-key.ts';

/** That something runs as a ServiceAccount. */
export interface AccountUse {
  readonly namespace: string;
  readonly account: string;
  /** A controller by its template; for a pod who controls it directly, or itself if nobody does. */
  readonly user: SubjectKey;
}

/** Who runs as which ServiceAccount. Memory follows the number of controllers, not of pods. */
export interface AccountUsers {
  readonly add: (use: AccountUse) => void;
  readonly delete: (use: AccountUse) => void;
  /** How often the same is known: by a template, and by each of the pods. */
  readonly count: (use: AccountUse) => number;
  readonly usersOf: (namespace: string, account: string) => Iterable<SubjectKey>;
  readonly namespaces: () => Iterable<string>;
  /** ServiceAccounts that somebody in the namespace runs as, whether they exist or not. */
  readonly accountsIn: (namespace: string) => Iterable<string>;
}

/** A mirror pod has no ServiceAccount, whatever stands in it. */
function useOf(namespace: string, spec: PodSpecFacts | undefined, user: SubjectKey): AccountUse | undefined {
  return spec === undefined || spec.isMirror ? undefined : { namespace, account: spec.serviceAccountName, user };
}

/** What a pod runs as; undefined once it has ended. */
export function useOfPod(namespace: string, name: string, { spec, owner, finished }: PodFacts): AccountUse | undefined {
  if (finished) return undefined;
  const isOwned = owner !== undefined && ownerSort(owner) !== 'Self';
  return useOf(namespace, spec, isOwned ? ownerKey(owner, namespace) : subjectKey('', 'Pod', namespace, name));
}

/** What the pods of a controller will run as; undefined once it has ended, and where its template is not watched. */
export function useOfController(
  namespace: string,
  { ref, template, finished }: ControllerFacts,
): AccountUse | undefined {
  return finished ? undefined : useOf(namespace, template, keyOfRef(ref));
}

/** The map under a key; it is made if it is missing. */
function under<K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const map = maps.get(key) ?? new Map<K, V>();
  maps.set(key, map);
  return map;
}

export function createAccountUsers(): AccountUsers {
  const namespaces = new Map<string, Map<string, Map<SubjectKey, number>>>();
  const countOf = ({ namespace, account, user }: AccountUse): number =>
    namespaces.get(namespace)?.get(account)?.get(user) ?? 0;

  function set({ namespace, account, user }: AccountUse, count: number): void {
    const accounts = under(namespaces, namespace);
    const users = under(accounts, account);
    if (count > 0) users.set(user, count);
    else users.delete(user);
    if (users.size === 0) accounts.delete(account);
    if (accounts.size === 0) namespaces.delete(namespace);
  }

  return {
    add: (use) => set(use, countOf(use) + 1),
    delete: (use) => set(use, countOf(use) - 1),
    count: countOf,
    usersOf: (namespace, account) => namespaces.get(namespace)?.get(account)?.keys() ?? [],
    namespaces: () => namespaces.keys(),
    accountsIn: (namespace) => namespaces.get(namespace)?.keys() ?? [],
  };
}
