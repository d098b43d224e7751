import { GROUP } from '../crds/index.ts';
import { groupOf, type ObjectRef } from './facts/object-ref.ts';

/** What a report is about, without the uid: enough to find it, and the key of the work queue. */
export interface Subject {
  readonly group: string;
  readonly kind: string;
  /** Empty for cluster-scoped subjects. */
  readonly namespace: string;
  readonly name: string;
}

/** `group|kind|namespace|name`. Only a name may hold a bar (RBAC allows it), and it stands last. */
export type SubjectKey = string & { readonly subjectKey: true };

export function subjectKey(group: string, kind: string, namespace: string, name: string): SubjectKey {
  // Unlike a template literal, join makes one flat string: thousands of these are kept.
  return [group, kind, namespace, name].join('|') as SubjectKey;
}

export function subjectOfRef({ apiVersion, kind, namespace = '', name }: Omit<ObjectRef, 'uid'>): Subject {
  return { group: groupOf(apiVersion), kind, namespace, name };
}

export function keyOfRef(ref: Omit<ObjectRef, 'uid'>): SubjectKey {
  const { group, kind, namespace, name } = subjectOfRef(ref);
  return subjectKey(group, kind, namespace, name);
}

export function parseSubjectKey(key: SubjectKey): Subject {
  const [group = '', kind = '', namespace = '', ...name] = key.split('|');
  return { group, kind, namespace, name: name.join('|') };
}

/** The cluster as a whole: the one subject that always exists. */
export const CLUSTER_KEY = subjectKey(GROUP, 'Cluster', '', 'cluster');
