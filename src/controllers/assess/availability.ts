import type { Check, CheckRow, Target } from '../../checks/check.ts';
import type { UndecidedCheck } from '../../checks/judge.ts';
import type { UnknownReason } from '../../crds/index.ts';
import { CONTROLLER_KINDS } from '../../inventory/stores.ts';
import type { Subject } from '../../inventory/subject-key.ts';
import { WATCHED, type Kind } from '../../inventory/watched.ts';

/** Why a kind cannot be read. */
export interface Unreadable {
  readonly reason: Extract<UnknownReason, 'PermissionDenied' | 'ApiAbsent' | 'NotProvided' | 'NotSynced'>;
  readonly message: string;
}

/** The kinds that hold what a check judges; without one of them, its subjects are not all known. */
const KINDS_OF_TARGET: Readonly<Record<Exclude<Target, 'kubelet'>, readonly Kind[]>> = {
  pod: ['Pod', ...CONTROLLER_KINDS],
  workload: ['Pod', ...CONTROLLER_KINDS],
  serviceAccount: ['ServiceAccount'],
  role: ['Role', 'ClusterRole'],
  binding: ['RoleBinding', 'ClusterRoleBinding'],
  grant: ['RoleBinding', 'ClusterRoleBinding'],
  node: ['Node'],
  namespace: ['Namespace'],
  service: ['Service'],
  ingress: ['Ingress'],
  networkPolicy: ['NetworkPolicy'],
  configMap: ['ConfigMap'],
  cluster: [],
  admissionWebhook: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
};

/** What the state of the watches means for the checks. */
export interface Availability {
  /** Whether a check lacks a kind that it joins, so that it cannot decide about any subject. */
  readonly isBlocked: (check: CheckRow) => boolean;
  /** Whether a subject that is not known can be told to be gone, and not merely to be out of sight. */
  readonly isInSight: (subject: Subject) => boolean;
  /** Whether a kind has been read, so that what is known of it serves. */
  readonly isReadable: (kind: Kind) => boolean;
  /** Whether live pods are known, beside templates. */
  readonly arePodsSeen: () => boolean;
  /** Every check that cannot decide about some or all of its subjects, with the reason; for the Cluster's report. */
  readonly undecided: (checks: readonly Check[]) => readonly UndecidedCheck[];
}

/** Those kinds, and those that do the work of one of them. */
function withStandIns(kinds: readonly Kind[] = []): readonly Kind[] {
  return kinds.flatMap((kind) => [
    kind,
    ...WATCHED.filter(({ standsInFor }) => standsInFor === kind).map((row) => row.kind),
  ]);
}

/** The kinds without which a subject may exist unseen: its own, or for a controller that is not read, what it controls. */
function kindsThatShow(kind: string): readonly Kind[] {
  const watched = WATCHED.find((each) => each.kind === kind);
  return watched === undefined ? ['Pod', 'ReplicaSet', 'Job', 'ReplicationController'] : [watched.kind];
}

/**
 * @param unreadable tells why a kind cannot be read now, even if it could be earlier
 * @param isReadable tells whether a kind has ever been read, so that what is known of it still serves
 * @param kubeletKind what tells of kubelets: their common ConfigMap, or the Nodes where each is asked
 */
export function createAvailability(
  unreadable: (kind: Kind) => Unreadable | undefined,
  isReadable: (kind: Kind) => boolean,
  kubeletKind: 'KubeletConfig' | 'Node' = 'KubeletConfig',
): Availability {
  /** A subject is judged by a hundred checks: what each reads is put together once. */
  const needs = new Map<string, readonly Kind[]>();
  function neededBy({ id, reads }: CheckRow): readonly Kind[] {
    const known = needs.get(id) ?? withStandIns(reads);
    needs.set(id, known);
    return known;
  }
  const kindsOf = (target: Target): readonly Kind[] => (target === 'kubelet' ? [kubeletKind] : KINDS_OF_TARGET[target]);
  return {
    isReadable,
    isBlocked: (check) => !neededBy(check).every(isReadable),
    isInSight: ({ kind }) => kindsThatShow(kind).every(isReadable),
    arePodsSeen: () => isReadable('Pod'),
    undecided: (checks) =>
      checks.flatMap((check) => {
        const reads = withStandIns([...(check.reads ?? []), ...(check.alsoReads ?? [])]);
        const kinds = new Set<Kind>([...kindsOf(check.target), ...reads]);
        const causes = [...kinds].flatMap((kind) => unreadable(kind) ?? []);
        const [first] = causes;
        if (first === undefined) return [];
        return [{ check: check.id, reason: first.reason, message: causes.map(({ message }) => message).join('; ') }];
      }),
  };
}
