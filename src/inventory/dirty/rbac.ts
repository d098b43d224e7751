import { accountOf } from './accounts.ts';
import type { DirtyViews } from './views.ts';
import { roleNameOf, type BindingFacts, type RbacSubject, type RoleFacts } from '../facts/rbac.ts';
import type { ServiceAccountFacts } from '../facts/service-account.ts';
import { reachOf } from '../rbac/identity.ts';
import type { Change } from '../store.ts';
import { keyOfRef, subjectKey, type SubjectKey } from '../subject-key.ts';
import { workloadsRunningAs } from '../workloads/workloads.ts';

const RBAC = 'rbac.authorization.k8s.io';

function* reachedBySubject<V>(subject: RbacSubject, { sources, accountsWithin }: DirtyViews<V>): Iterable<SubjectKey> {
  const reach = reachOf(subject);
  if (reach === undefined) return;
  for (const { namespace, name } of accountsWithin(reach)) {
    yield accountOf(namespace, name);
    yield* workloadsRunningAs(namespace, name, sources);
  }
}

/** A binding, the ServiceAccounts that it reaches, and the workloads that run as these. */
function* boundBy<V>({ ref, subjects }: BindingFacts, views: DirtyViews<V>): Iterable<SubjectKey> {
  yield keyOfRef(ref);
  for (const subject of subjects) yield* reachedBySubject(subject, views);
}

function roleOf(binding: BindingFacts): SubjectKey {
  const { kind, namespace = '', name } = roleNameOf(binding);
  return subjectKey(RBAC, kind, namespace, name);
}

/** A binding concerns whom it reaches, and the role with its parts: they are judged otherwise once they are bound. */
export function* concernedByBinding<V>(
  { before, after }: Change<BindingFacts>,
  views: DirtyViews<V>,
): Iterable<SubjectKey> {
  for (const binding of [before, after]) {
    if (binding === undefined) continue;
    yield roleOf(binding);
    for (const { ref } of views.partsTurnedBy(binding)) yield keyOfRef(ref);
    yield* boundBy(binding, views);
  }
}

/** A role concerns everybody to whom it is bound, also as a part of another, and the roles of which it is one or that are its. */
export function* concernedByRole<V>(change: Change<RoleFacts>, views: DirtyViews<V>): Iterable<SubjectKey> {
  for (const role of [change.before, change.after]) if (role !== undefined) yield keyOfRef(role.ref);
  for (const { ref } of views.rolesAffectedBy(change)) yield keyOfRef(ref);
  for (const binding of views.bindingsAffectedBy(change)) yield* boundBy(binding, views);
}

/** A ServiceAccount that comes or goes concerns the bindings that name it. */
export function* bindingsNaming<V>(
  { namespace, name, before, after }: Change<ServiceAccountFacts>,
  { grantsOf }: DirtyViews<V>,
): Iterable<SubjectKey> {
  if (before !== undefined && after !== undefined) return;
  for (const { binding, subject } of grantsOf(namespace, name))
    if (subject.kind !== 'Group') yield keyOfRef(binding.ref);
}
