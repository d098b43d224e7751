import { isPublicNode } from '../surroundings/exposure.ts';
import type { FactsByKind } from '../facts/by-kind.ts';
import { selectsPods, type PodLabels } from '../facts/pod-labels.ts';
import type { LimitRangeFacts } from '../facts/limit-range.ts';
import type { NetworkPolicyFacts, OtherPolicyFacts, OtherPolicyKind } from '../facts/network-policy.ts';
import type { NodeFacts } from '../facts/node.ts';
import type { ObjectRef } from '../facts/object-ref.ts';
import type { PodSpecFacts } from '../facts/pod-spec.ts';
import type { ServiceAccountFacts } from '../facts/service-account.ts';
import type { TokenSecretFacts } from '../facts/token-secret.ts';
import type { PersistentVolumeClaimFacts, PersistentVolumeFacts } from '../facts/volume.ts';
import type { Change } from '../store.ts';
import { CLUSTER_KEY, keyOfRef, parseSubjectKey, subjectKey, type SubjectKey } from '../subject-key.ts';
import type { Surroundings } from '../surroundings/surroundings.ts';
import { topOf, type WorkloadSources } from '../workloads/workloads.ts';

/** What may be looked up to name those that a change concerns; it is up to date with the change. */
export interface SurroundingViews<V> {
  readonly sources: WorkloadSources<V>;
  readonly surroundings: Surroundings<V>;
  readonly subjects: () => Iterable<SubjectKey>;
}

type Marked = Iterable<SubjectKey | undefined>;

/** As much of a pod, or of a controller and its template, as its surroundings see. */
interface Inhabitant {
  readonly spec: PodSpecFacts | undefined;
  readonly labels: PodLabels | undefined;
  readonly finished: boolean;
}

const namespaceOf = (namespace: string): SubjectKey => subjectKey('', 'Namespace', '', namespace);
const lives = (inhabitant: Inhabitant | undefined): inhabitant is Inhabitant => inhabitant?.finished === false;

const livingSpec = (inhabitant: Inhabitant | undefined): PodSpecFacts | undefined =>
  lives(inhabitant) ? inhabitant.spec : undefined;

/** A namespace is judged by what lives in it, the Cluster by where anything does. */
function contentMarks<V>(
  namespace: string,
  before: Inhabitant | undefined,
  after: Inhabitant | undefined,
  { surroundings: { countOf, populationOf } }: SurroundingViews<V>,
): readonly SubjectKey[] {
  const isSettled = lives(before) === lives(after);
  if (!isSettled && populationOf(namespace) === Number(lives(after))) return [namespaceOf(namespace), CLUSTER_KEY];
  const [old, current] = [livingSpec(before), livingSpec(after)];
  if (old === current) return [];
  const isNew = current !== undefined && countOf(namespace, current) === 1;
  const isGone = old !== undefined && countOf(namespace, old) === 0;
  return isNew || isGone ? [namespaceOf(namespace)] : [];
}

/** The policies that now may have something to select, or nothing any more. */
function policyMarks<V>(
  namespace: string,
  before: Inhabitant | undefined,
  after: Inhabitant | undefined,
  { surroundings }: SurroundingViews<V>,
): readonly SubjectKey[] {
  if (before?.labels === after?.labels && lives(before) === lives(after)) return [];
  const labels = [before, after].flatMap((version) => version?.labels ?? []);
  return surroundings
    .policiesIn(namespace)
    .filter(({ podSelector }) => labels.some((each) => selectsPods(podSelector, each) !== false))
    .map(({ ref }) => keyOfRef(ref));
}

/** Whom a change of a pod or a controller concerns beside its workload. */
export function neighbours<V>(
  namespace: string,
  before: Inhabitant | undefined,
  after: Inhabitant | undefined,
  views: SurroundingViews<V>,
): readonly SubjectKey[] {
  return [...contentMarks(namespace, before, after, views), ...policyMarks(namespace, before, after, views)];
}

/** The workloads of a namespace with a pod or template of that sort; the same may be named twice. */
function* workloadsWith<V>(
  namespace: string,
  { sources, surroundings }: SurroundingViews<V>,
  isConcerned: (spec: PodSpecFacts, labels: PodLabels) => boolean,
): Marked {
  for (const key of surroundings.inhabitantsOf(namespace)) {
    const subject = parseSubjectKey(key);
    if (subject.kind === 'Pod') {
      const pod = sources.pod(namespace, subject.name);
      if (pod !== undefined && isConcerned(pod.spec, pod.labels)) yield topOf(key, sources);
      continue;
    }
    const controller = sources.controller(subject);
    if (controller?.template === undefined || controller.labels === undefined) {
      // Of a ReplicaSet that is nobody's the template was asked for, and is not looked at here.
      if (controller?.owner === undefined) yield key;
    } else if (isConcerned(controller.template, controller.labels)) yield topOf(key, sources);
  }
}

function* networkPolicy<V>(
  { namespace, before, after }: Change<NetworkPolicyFacts>,
  views: SurroundingViews<V>,
): Marked {
  const versions = [before, after].filter((version) => version !== undefined);
  for (const { ref } of versions) yield keyOfRef(ref);
  yield namespaceOf(namespace);
  // The first and the last change what is said of every workload.
  const isAlone = views.surroundings.policiesIn(namespace).length < 2;
  yield* workloadsWith(
    namespace,
    views,
    (_spec, labels) => isAlone || versions.some(({ podSelector }) => selectsPods(podSelector, labels) !== false),
  );
}

function* limitRange<V>({ namespace }: Change<LimitRangeFacts>, views: SurroundingViews<V>): Marked {
  yield namespaceOf(namespace);
  yield* workloadsWith(namespace, views, () => true);
}

function* otherPolicy<V>({ namespace }: Change<OtherPolicyFacts>, views: SurroundingViews<V>): Marked {
  if (namespace !== '') {
    yield namespaceOf(namespace);
    yield* workloadsWith(namespace, views, () => true);
    return;
  }
  for (const key of views.subjects()) {
    const subject = parseSubjectKey(key);
    if (subject.namespace !== '' || subject.kind === 'Namespace') yield key;
  }
}

function* volume<V>({ before, after }: Change<PersistentVolumeFacts>, views: SurroundingViews<V>): Marked {
  for (const claim of new Set([before?.claim, after?.claim])) {
    const [namespace = '', name] = claim?.split('/') ?? [];
    yield* workloadsWith(namespace, views, ({ claims }) => claims.some((each) => each.claim === name));
  }
}

function* claimed<V>(
  { namespace, name, before }: Change<PersistentVolumeClaimFacts>,
  views: SurroundingViews<V>,
): Marked {
  const isOfNode = views.surroundings.storageBehind(namespace, name) !== undefined;
  if (!isOfNode && before?.volumeName === undefined) return;
  yield* workloadsWith(namespace, views, ({ claims }) => claims.some(({ claim }) => claim === name));
}

function* secret<V>({ namespace, name, before, after }: Change<TokenSecretFacts>, views: SurroundingViews<V>): Marked {
  for (const version of [before, after])
    if (version !== undefined) yield subjectKey('', 'ServiceAccount', namespace, version.serviceAccount);
  yield* workloadsWith(namespace, views, ({ secrets }) => secrets.includes(name));
}

/** How bad a NodePort is hangs on whether any node is public. */
export function nodePortMarks<V>(
  { before, after }: Change<NodeFacts>,
  { surroundings }: SurroundingViews<V>,
): Iterable<SubjectKey> {
  const [wasPublic, isPublic] = [before, after].map((node) => node !== undefined && isPublicNode(node));
  return wasPublic === isPublic ? [] : surroundings.nodePortServices();
}

/** A Secret that a ServiceAccount lists as its token may be mounted by anybody in the namespace. */
export function* listedTokenMarks<V>(
  { namespace, before, after }: Change<ServiceAccountFacts>,
  views: SurroundingViews<V>,
): Marked {
  const [old = [], current = []] = [before?.listedTokens, after?.listedTokens];
  if (old.join() === current.join()) return;
  const names = new Set([...old, ...current]);
  yield* workloadsWith(namespace, views, ({ secrets }) => secrets.some((name) => names.has(name)));
}

type Marks<F, V> = (change: Change<F>, views: SurroundingViews<V>) => Marked;

const itself = ({ before, after }: Change<{ readonly ref: ObjectRef }>): readonly SubjectKey[] =>
  [before, after].flatMap((version) => (version === undefined ? [] : [keyOfRef(version.ref)]));

type SurroundingKind =
  | OtherPolicyKind
  | 'NetworkPolicy'
  | 'Service'
  | 'Ingress'
  | 'ResourceQuota'
  | 'LimitRange'
  | 'PersistentVolume'
  | 'PersistentVolumeClaim'
  | 'ConfigMap'
  | 'Secret';

/** Which change of what surrounds workloads makes which subjects dirty. */
export function surroundingMarks<V>(): { readonly [K in SurroundingKind]: Marks<FactsByKind<V>[K], V> } {
  return {
    NetworkPolicy: networkPolicy,
    CiliumNetworkPolicy: otherPolicy,
    CiliumClusterwideNetworkPolicy: otherPolicy,
    CalicoNetworkPolicy: otherPolicy,
    CalicoGlobalNetworkPolicy: otherPolicy,
    AdminNetworkPolicy: otherPolicy,
    BaselineAdminNetworkPolicy: otherPolicy,
    ClusterNetworkPolicy: otherPolicy,
    Service: itself,
    Ingress: itself,
    ConfigMap: itself,
    ResourceQuota: ({ namespace }) => [namespaceOf(namespace)],
    LimitRange: limitRange,
    PersistentVolume: volume,
    PersistentVolumeClaim: claimed,
    Secret: secret,
  };
}
