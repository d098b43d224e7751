import { useOfController, useOfPod, type AccountUse } from '../workloads/account-users.ts';
import type { DirtyViews } from './views.ts';
import type { ControllerFacts, PodFacts } from '../facts/workload.ts';
import type { Change } from '../store.ts';
import { keyOfRef, parseSubjectKey, subjectKey, type SubjectKey } from '../subject-key.ts';
import { subjectOfController } from '../workloads/top-controller.ts';
import { firstDistinct, workloadsRunningAs, type WorkloadSources } from '../workloads/workloads.ts';

/** More than so many workloads that share a ServiceAccount do not care for one more or less; nor do so many accounts. */
const MANY = 2;

export const accountOf = (namespace: string, name: string): SubjectKey =>
  subjectKey('', 'ServiceAccount', namespace, name);

/** The keys if they are few; of many, one more or less makes no difference to the others. */
function ifFew(keys: Iterable<SubjectKey>): readonly SubjectKey[] {
  const first = firstDistinct(keys, MANY + 1);
  return first.length > MANY ? [] : first;
}

/** Whom it concerns who runs as a ServiceAccount: the account, who is the only one to run as it or was, and its neighbours. */
function* concernedBy<V>(namespace: string, account: string, views: DirtyViews<V>): Iterable<SubjectKey> {
  const { sources, accountsWithin } = views;
  const { usersOf, accountsIn } = sources.members.accountUsers;
  yield accountOf(namespace, account);
  yield* ifFew(workloadsRunningAs(namespace, account, sources));
  const isFirstOrLast = [...usersOf(namespace, account)].length <= 1;
  if (isFirstOrLast && [...accountsIn(namespace)].length <= MANY) {
    for (const neighbour of accountsWithin({ namespace })) yield accountOf(namespace, neighbour.name);
  }
}

const isSame = (a: AccountUse | undefined, b: AccountUse | undefined): boolean =>
  a?.namespace === b?.namespace && a?.account === b?.account && a?.user === b?.user;

/** Only the first and the last of many equal pods make a difference. */
function* turned<V>(
  before: AccountUse | undefined,
  after: AccountUse | undefined,
  views: DirtyViews<V>,
): Iterable<SubjectKey> {
  if (isSame(before, after)) return;
  const { count } = views.sources.members.accountUsers;
  if (before !== undefined && count(before) === 0) yield* concernedBy(before.namespace, before.account, views);
  if (after !== undefined && count(after) === 1) yield* concernedBy(after.namespace, after.account, views);
}

/** Subjects that look at who runs as a ServiceAccount, where a pod changes that. */
export function accountsOfPod<V>(
  { namespace, name, before, after }: Change<PodFacts<V>>,
  views: DirtyViews<V>,
): Iterable<SubjectKey> {
  const use = (facts: PodFacts<V> | undefined): AccountUse | undefined =>
    facts === undefined ? undefined : useOfPod(namespace, name, facts);
  return turned(use(before), use(after), views);
}

/** The same where a controller does: by its template, or by being there for its pods, or belonging to another. */
export function* accountsOfController<V>(
  { namespace, before, after }: Change<ControllerFacts<V>>,
  views: DirtyViews<V>,
): Iterable<SubjectKey> {
  const use = (facts: ControllerFacts<V> | undefined): AccountUse | undefined =>
    facts === undefined ? undefined : useOfController(namespace, facts);
  yield* turned(use(before), use(after), views);
  const facts = after ?? before;
  if (facts === undefined || isSameObject(before, after)) return;
  for (const account of accountsUnder(facts, namespace, views.sources)) yield* concernedBy(namespace, account, views);
}

function isSameObject(before: ControllerFacts | undefined, after: ControllerFacts | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return before.ref.uid === after.ref.uid && subjectOfController(before) === subjectOfController(after);
}

/** What a controller, those it controls, and the pods of all of them run as. */
function accountsUnder<V>(
  { ref }: ControllerFacts<V>,
  namespace: string,
  { members, pod, controller }: WorkloadSources<V>,
): ReadonlySet<string> {
  const key = keyOfRef(ref);
  const specs = [key, ...members.childrenOf(key)].flatMap((owner) => [
    controller(parseSubjectKey(owner))?.template,
    ...[...members.podsOf(owner)].map((name) => pod(namespace, name)?.spec),
  ]);
  return new Set(specs.flatMap((spec) => spec?.serviceAccountName ?? []));
}
