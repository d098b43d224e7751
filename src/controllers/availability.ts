import type { Check, CheckRow, Target } from '../checks/check.ts';
import type { UndecidedCheck } from '../checks/judge.ts';
import type { UnknownReason } from '../crds/index.ts';
import { CONTROLLER_KINDS } from '../inventory/stores.ts';
import type { Subject } from '../inventory/subject-key.ts';
import { WATCHED, type Kind } from '../inventory/watched.ts';

/** Why a kind cannot be read. */
export interface Unreadable {
  readonly reason: Extract<UnknownReason, 'PermissionDenied' | 'ApiAbsent' | 'NotSynced'>;
  readonly message: string;
}

/** The kinds that hold what a check judges; without one of them, its subjects are not all known. */
const KINDS_OF_TARGET: Readonly<Record<Target, readonly Kind[]>> = {
  pod: ['Pod', ...CONTROLLER_KINDS],
  workload: ['Pod', ...CONTROLLER_KINDS],
  serviceAccount: ['ServiceAccount'],
  role: ['Role', 'ClusterRole'],
  binding: ['RoleBinding', 'ClusterRoleBinding'],
  grant: ['RoleBinding', 'ClusterRoleBinding'],
  node: ['Node'],
  namespace: ['Namespace'],
  cluster: [],
};

/** What the state of the watches means for the checks. */
export interface Availability {
  /** Whether a check lacks a kind that it joins, so that it cannot decide about any subject. */
  readonly isBlocked: (check: CheckRow) => boolean;
  /** Whether a subject that is not known can be told to be gone, and not merely to be out of sight. */
  readonly isInSight: (subject: Subject) => boolean;
  /** Whether live pods are known, beside templates. */
  readonly arePodsSeen: () => boolean;
  /** Every check that cannot decide about some or all of its subjects, with the reason; for the Cluster's report. */
  readonly undecided: (checks: readonly Check[]) => readonly UndecidedCheck[];
}

/** The kinds without which a subject may exist unseen: its own, or for a controller that is not read, what it controls. */
function kindsThatShow(kind: string): readonly Kind[] {
  const watched = WATCHED.find((each) => each.kind === kind);
  return watched === undefined ? ['Pod', 'ReplicaSet', 'Job', 'ReplicationController'] : [watched.kind];
}

/**
 * @param unreadable tells why a kind cannot be read now, even if it could be earlier
 * @param isReadable tells whether a kind has ever been read, so that what is known of it still serves
 */
export function createAvailability(
  unreadable: (kind: Kind) => Unreadable | undefined,
  isReadable: (kind: Kind) => boolean,
): Availability {
  return {
    isBlocked: (check) => (check.reads ?? []).some((kind) => !isReadable(kind)),
    isInSight: ({ kind }) => kindsThatShow(kind).every(isReadable),
    arePodsSeen: () => isReadable('Pod'),
    undecided: (checks) =>
      checks.flatMap((check) => {
        const kinds = new Set<Kind>([...KINDS_OF_TARGET[check.target], ...(check.reads ?? [])]);
        const causes = [...kinds].flatMap((kind) => unreadable(kind) ?? []);
        const [first] = causes;
        if (first === undefined) return [];
        return [{ check: check.id, reason: first.reason, message: causes.map(({ message }) => message).join('; ') }];
      }),
  };
}
