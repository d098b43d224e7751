import { keyOfRef, parseSubjectKey, subjectKey, type Subject, type SubjectKey } from './subject-key.ts';
import type { ObjectRef } from './facts/object-ref.ts';
import type { PodSpecFacts } from './facts/pod-spec.ts';
import type { ControllerFacts, PodFacts } from './facts/workload.ts';
import { createMultiMap } from './multi-map.ts';
import { ownerKey, ownerSort, type ControllerRef } from './owners.ts';
import type { Change } from './store.ts';

/** A workload as it is judged: by its template, and by the distinct specs of its live pods. */
export interface Workload<V> {
  readonly ref: ObjectRef;
  /** Seconds since the epoch; undefined where the object itself is not read. */
  readonly createdSeconds: number | undefined;
  /** Absent for bare Pods, and for controllers that are not read. */
  readonly template: PodSpecFacts<V> | undefined;
  readonly pods: readonly PodSpecFacts<V>[];
  /** The version of a template that must be asked for, because only the metadata of its kind is watched. */
  readonly missingTemplate: string | undefined;
}

/** What the index looks things up in. */
export interface WorkloadSources<V> {
  pod(namespace: string, name: string): PodFacts<V> | undefined;
  controller(subject: Subject): ControllerFacts<V> | undefined;
  /** A template that was asked for in this version. */
  adoptedTemplate(key: SubjectKey, version: string): PodSpecFacts<V> | undefined;
  /** Whether objects of this kind are watched, and may be; if not, an owner is known by its reference alone. */
  isReadable(kind: string): boolean;
}

/** Which pods and controllers make up which workload, and who uses a ServiceAccount. */
export interface WorkloadIndex<V> {
  changePod(change: Change<PodFacts<V>>): void;
  changeController(change: Change<ControllerFacts<V>>): void;
  /** The workload that a subject is; undefined if it is none, is gone, has ended, or belongs to a larger one. */
  get(subject: Subject): Workload<V> | undefined;
  /** The subject a pod belongs to; undefined while its owner is still unknown, or if it has ended on its own. */
  subjectOfPod(namespace: string, name: string, facts: PodFacts<V>): SubjectKey | undefined;
  subjectOfController(facts: ControllerFacts<V>): SubjectKey;
  usersOf(namespace: string, serviceAccount: string): Iterable<SubjectKey>;
  hasWorkloads(namespace: string): boolean;
}

export function createWorkloadIndex<V>(sources: WorkloadSources<V>): WorkloadIndex<V> {
  /** Pod names by their direct owner. */
  const pods = createMultiMap<SubjectKey, string>();
  /** ReplicaSets and Jobs by their owner. */
  const children = createMultiMap<SubjectKey, SubjectKey>();
  const users = createMultiMap<string, SubjectKey>();
  /** Live pods and unfinished controllers of each namespace. */
  const population = new Map<string, number>();
  const serviceAccountKey = (namespace: string, name: string): string => `${namespace}/${name}`;

  function index(key: SubjectKey, namespace: string, spec: PodSpecFacts<V> | undefined, on: boolean): void {
    const count = (population.get(namespace) ?? 0) + (on ? 1 : -1);
    if (count === 0) population.delete(namespace);
    else population.set(namespace, count);
    if (spec !== undefined) users[on ? 'add' : 'delete'](serviceAccountKey(namespace, spec.serviceAccountName), key);
  }

  function indexPod(namespace: string, name: string, facts: PodFacts<V>, on: boolean): void {
    if (facts.finished) return;
    index(subjectKey('', 'Pod', namespace, name), namespace, facts.spec, on);
    if (facts.owner !== undefined) pods[on ? 'add' : 'delete'](ownerKey(facts.owner, namespace), name);
  }

  function indexController(namespace: string, facts: ControllerFacts<V>, on: boolean): void {
    const key = keyOfRef(facts.ref);
    if (!facts.finished) index(key, namespace, facts.template, on);
    if (facts.owner !== undefined) children[on ? 'add' : 'delete'](ownerKey(facts.owner, namespace), key);
  }

  function subjectOfController({ ref, owner }: ControllerFacts<V>): SubjectKey {
    const isMiddle = ownerSort(ref) === 'Middle';
    return owner !== undefined && isMiddle ? ownerKey(owner, ref.namespace ?? '') : keyOfRef(ref);
  }

  function subjectOfOwner(owner: ControllerRef, namespace: string): SubjectKey | undefined {
    const key = ownerKey(owner, namespace);
    if (ownerSort(owner) !== 'Middle') return key;
    const controller = sources.controller(parseSubjectKey(key));
    if (controller !== undefined) return subjectOfController(controller);
    return sources.isReadable(owner.kind) ? undefined : key;
  }

  function subjectOfPod(namespace: string, name: string, { owner, finished }: PodFacts<V>): SubjectKey | undefined {
    if (owner !== undefined && ownerSort(owner) !== 'Self') return subjectOfOwner(owner, namespace);
    return finished ? undefined : subjectKey('', 'Pod', namespace, name);
  }

  /** The live pods of an owner and of the ReplicaSets or Jobs it owns. */
  function* podsOf(key: SubjectKey, namespace: string): Iterable<PodFacts<V>> {
    for (const owner of [key, ...children.get(key)]) {
      for (const name of pods.get(owner)) {
        const facts = sources.pod(namespace, name);
        if (facts !== undefined) yield facts;
      }
    }
  }

  function distinctSpecs(facts: Iterable<PodFacts<V>>): readonly PodSpecFacts<V>[] {
    const byDigest = new Map<string, PodSpecFacts<V>>();
    for (const { specDigest, spec } of facts) byDigest.set(specDigest, spec);
    return [...byDigest.values()];
  }

  function barePod({ namespace, name }: Subject): Workload<V> | undefined {
    const facts = sources.pod(namespace, name);
    if (facts === undefined || subjectOfPod(namespace, name, facts) !== subjectKey('', 'Pod', namespace, name))
      return undefined;
    const ref: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace, name, uid: facts.uid };
    return {
      ref,
      createdSeconds: facts.createdSeconds,
      template: undefined,
      pods: [facts.spec],
      missingTemplate: undefined,
    };
  }

  /** A controller that is not read: all that is known of it stands in the ownerReferences of what it owns. */
  function foreign({ group, kind, namespace, name }: Subject): Workload<V> | undefined {
    const key = subjectKey(group, kind, namespace, name);
    const owned = [...podsOf(key, namespace)];
    const owner = referenceTo(key, namespace, owned);
    if (owner === undefined || owned.length === 0) return undefined;
    const specs = distinctSpecs(owned);
    return {
      ref: { ...owner, namespace },
      createdSeconds: undefined,
      template: undefined,
      pods: specs,
      missingTemplate: undefined,
    };
  }

  function referenceTo(key: SubjectKey, namespace: string, owned: readonly PodFacts<V>[]): ControllerRef | undefined {
    const owners = [
      ...owned.map(({ owner }) => owner),
      ...[...children.get(key)].map((child) => sources.controller(parseSubjectKey(child))?.owner),
    ];
    return owners.find((owner) => owner !== undefined && ownerKey(owner, namespace) === key);
  }

  return {
    changePod({ namespace, name, before, after }) {
      if (before !== undefined) indexPod(namespace, name, before, false);
      if (after !== undefined) indexPod(namespace, name, after, true);
    },
    changeController({ namespace, before, after }) {
      if (before !== undefined) indexController(namespace, before, false);
      if (after !== undefined) indexController(namespace, after, true);
    },
    get(subject) {
      if (subject.group === '' && subject.kind === 'Pod') return barePod(subject);
      const facts = sources.controller(subject);
      if (facts === undefined) return sources.isReadable(subject.kind) ? undefined : foreign(subject);
      const key = keyOfRef(facts.ref);
      if (facts.finished || subjectOfController(facts) !== key) return undefined;
      const { ref, createdSeconds, templateDigest } = facts;
      const template = facts.template ?? sources.adoptedTemplate(key, templateDigest);
      const live = distinctSpecs(podsOf(key, subject.namespace));
      return {
        ref,
        createdSeconds,
        template,
        pods: live,
        missingTemplate: template === undefined ? templateDigest : undefined,
      };
    },
    subjectOfPod,
    subjectOfController,
    *usersOf(namespace, serviceAccount) {
      for (const key of users.get(serviceAccountKey(namespace, serviceAccount))) {
        const user = subjectOfUser(key);
        if (user !== undefined) yield user;
      }
    },
    hasWorkloads: (namespace) => population.has(namespace),
  };

  function subjectOfUser(key: SubjectKey): SubjectKey | undefined {
    const subject = parseSubjectKey(key);
    if (subject.kind !== 'Pod') {
      const facts = sources.controller(subject);
      return facts === undefined ? undefined : subjectOfController(facts);
    }
    const facts = sources.pod(subject.namespace, subject.name);
    return facts === undefined ? undefined : subjectOfPod(subject.namespace, subject.name, facts);
  }
}
