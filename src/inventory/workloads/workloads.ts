import type { ObjectRef } from '../facts/object-ref.ts';
import type { PodSpecFacts } from '../facts/pod-spec.ts';
import type { ControllerFacts, LabelledSpec, PodFacts } from '../facts/workload.ts';
import { ownerKey, type ControllerRef } from './owners.ts';
import { keyOfRef, parseSubjectKey, subjectKey, type Subject, type SubjectKey } from '../subject-key.ts';
import { subjectOfController, subjectOfOwner, subjectOfPod, type OwnerSources } from './top-controller.ts';
import type { WorkloadMembers } from './workload-members.ts';

/** A workload as it is judged: by its template, and by the distinct specs of its live pods. */
export interface Workload<V> {
  readonly ref: ObjectRef;
  /** Seconds since the epoch; undefined where the object itself is not read. */
  readonly createdSeconds: number | undefined;
  /** Absent for bare Pods, and for controllers that are not read. */
  readonly template: PodSpecFacts<V> | undefined;
  readonly pods: readonly PodSpecFacts<V>[];
  /** Each distinct pair of labels and spec, of the template and of live pods. */
  readonly labelled: readonly LabelledSpec<V>[];
  /** The version of a template that must be asked for, because only the metadata of its kind is watched. */
  readonly missingTemplate: string | undefined;
}

/** What workloads are put together from. */
export interface WorkloadSources<V> extends OwnerSources {
  readonly pod: (namespace: string, name: string) => PodFacts<V> | undefined;
  readonly controller: (subject: Subject) => ControllerFacts<V> | undefined;
  /** A template that was asked for in this version. */
  readonly adoptedTemplate: (key: SubjectKey, version: string) => LabelledSpec<V> | undefined;
  readonly members: WorkloadMembers<V>;
}

/** The live pods of an owner, and of the ReplicaSets or Jobs it owns. */
function podsUnder<V>(
  key: SubjectKey,
  namespace: string,
  { members, pod }: WorkloadSources<V>,
): readonly PodFacts<V>[] {
  return [key, ...members.childrenOf(key)].flatMap((owner) =>
    [...members.podsOf(owner)].flatMap((name) => pod(namespace, name) ?? []),
  );
}

function distinctSpecs<V>(pods: readonly PodFacts<V>[]): readonly PodSpecFacts<V>[] {
  return [...new Map(pods.map(({ specDigest, spec }) => [specDigest, spec])).values()];
}

function distinctPairs<V>(all: readonly LabelledSpec<V>[]): readonly LabelledSpec<V>[] {
  const bySpec = Map.groupBy(all, ({ spec }) => spec);
  return [...bySpec].flatMap(([spec, pairs]) =>
    [...new Set(pairs.map(({ labels }) => labels))].map((labels) => ({ labels, spec })),
  );
}

function barePod<V>({ namespace, name }: Subject, sources: WorkloadSources<V>): Workload<V> | undefined {
  const facts = sources.pod(namespace, name);
  if (facts === undefined) return undefined;
  if (subjectOfPod(namespace, name, facts, sources) !== subjectKey('', 'Pod', namespace, name)) return undefined;
  const ref: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace, name, uid: facts.uid };
  const { createdSeconds, spec } = facts;
  return { ref, createdSeconds, template: undefined, pods: [spec], labelled: [facts], missingTemplate: undefined };
}

function referenceTo<V>(
  key: SubjectKey,
  namespace: string,
  pods: readonly PodFacts<V>[],
  sources: WorkloadSources<V>,
): ControllerRef | undefined {
  const children = [...sources.members.childrenOf(key)].map((child) => sources.controller(parseSubjectKey(child)));
  const owners = [...pods, ...children].map((each) => each?.owner);
  return owners.find((owner) => owner !== undefined && ownerKey(owner, namespace) === key);
}

/** A controller that is not read: all that is known of it stands in the ownerReferences of what it owns. */
function foreign<V>({ group, kind, namespace, name }: Subject, sources: WorkloadSources<V>): Workload<V> | undefined {
  const key = subjectKey(group, kind, namespace, name);
  const pods = podsUnder(key, namespace, sources);
  const owner = pods.length === 0 ? undefined : referenceTo(key, namespace, pods, sources);
  if (owner === undefined) return undefined;
  const ref = { ...owner, namespace };
  return {
    ref,
    createdSeconds: undefined,
    template: undefined,
    pods: distinctSpecs(pods),
    labelled: distinctPairs(pods),
    missingTemplate: undefined,
  };
}

function templateOf<V>({ template: spec, labels }: ControllerFacts<V>): LabelledSpec<V> | undefined {
  return spec === undefined || labels === undefined ? undefined : { spec, labels };
}

/** The workload that a subject is; undefined if it is none, is gone, has ended, or belongs to a larger one. */
export function workloadOf<V>(subject: Subject, sources: WorkloadSources<V>): Workload<V> | undefined {
  if (subject.group === '' && subject.kind === 'Pod') return barePod(subject, sources);
  const facts = sources.controller(subject);
  if (facts === undefined) return sources.isReadable(subject.kind) ? undefined : foreign(subject, sources);
  const key = keyOfRef(facts.ref);
  if (facts.finished || subjectOfController(facts) !== key) return undefined;
  const { ref, createdSeconds, templateDigest } = facts;
  const template = templateOf(facts) ?? sources.adoptedTemplate(key, templateDigest);
  const pods = podsUnder(key, subject.namespace, sources);
  return {
    ref,
    createdSeconds,
    template: template?.spec,
    pods: distinctSpecs(pods),
    labelled: distinctPairs(template === undefined ? pods : [template, ...pods]),
    missingTemplate: template === undefined ? templateDigest : undefined,
  };
}

/** The workloads that run as a ServiceAccount; the same may be named twice. */
export function* workloadsRunningAs<V>(
  namespace: string,
  serviceAccount: string,
  sources: WorkloadSources<V>,
): Iterable<SubjectKey> {
  for (const user of sources.members.accountUsers.usersOf(namespace, serviceAccount)) {
    const key = subjectOfOwner(user, sources);
    if (key !== undefined) yield key;
  }
}

/** The workload that a pod or a controller belongs to. */
export function topOf<V>(key: SubjectKey, sources: WorkloadSources<V>): SubjectKey | undefined {
  const subject = parseSubjectKey(key);
  if (subject.kind === 'Pod') {
    const facts = sources.pod(subject.namespace, subject.name);
    return facts === undefined ? undefined : subjectOfPod(subject.namespace, subject.name, facts, sources);
  }
  const facts = sources.controller(subject);
  return facts === undefined ? undefined : subjectOfController(facts);
}

/** The first different ones of some keys. */
export function firstDistinct(keys: Iterable<SubjectKey>, limit: number): readonly SubjectKey[] {
  const distinct = new Set<SubjectKey>();
  for (const key of keys) {
    distinct.add(key);
    if (distinct.size === limit) break;
  }
  return [...distinct];
}

/** The objects of workloads, each once, sorted by their keys; those that are gone are left out. */
export function refsOf<V>(workloads: Iterable<SubjectKey>, sources: WorkloadSources<V>): readonly ObjectRef[] {
  return [...new Set(workloads)].sort().flatMap((key) => {
    const subject = parseSubjectKey(key);
    return sources.controller(subject)?.ref ?? workloadOf(subject, sources)?.ref ?? [];
  });
}
