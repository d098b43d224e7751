import type { Power } from '../rbac/power.ts';
import { everything } from '../rbac/powers/identities.ts';
import { POWERS } from '../rbac/powers.ts';

/** What two findings of one subject must have in common for the one to follow from the other. */
export type Shared = 'container' | 'key';

/** A finding of `cause` has those of `implies` in tow, because what ends the first ends them, or leaves them no meaning. */
export interface CauseRow {
  /** Id of the check whose finding stays. */
  readonly cause: string;
  /** Ids of the checks whose findings are listed under it. */
  readonly implies: readonly string[];
  /** Where the findings must agree; beyond that they may differ. */
  readonly where: readonly Shared[];
  /** One sentence for the documentation. */
  readonly because: string;
  /**
   * The cause says no more than the sum of what it implies, so that it is news only if one of these is. Otherwise it is worse
   * than they are, and news by itself.
   */
  readonly isSum?: true;
}

const CAPABILITY: readonly Shared[] = ['container', 'key'];
const CONTAINER: readonly Shared[] = ['container'];
/** Findings on volumes have the name of the volume as key; those on mounts have a container too. */
const VOLUME: readonly Shared[] = ['key'];
/** Findings on bindings have the subject that is bound as key. */
const SUBJECT: readonly Shared[] = ['key'];
/** Rules of a role have their text as key. */
const RULE: readonly Shared[] = ['key'];
const ANYWHERE: readonly Shared[] = [];

const idsOfPowers: readonly string[] = POWERS.map(({ id }) => id);

/** Ids of the checks of the powers that this one brings along. */
function broughtAlong({ id, implies = [] }: Power): readonly string[] {
  return idsOfPowers.filter((other) => other !== id && (implies === 'everything' || implies.includes(other)));
}

const powerCauses: readonly CauseRow[] = POWERS.map((power): CauseRow => ({
  cause: power.id,
  implies: broughtAlong(power),
  where: SUBJECT,
  because: `Whoever may ${power.does} needs no other right for them.`,
})).filter(({ implies }) => implies.length > 0);

/**
 * One cause, one finding. A row may lead to another, as long as no check leads back to itself; a finding under several causes
 * stands with the worst of them. What a cause hides comes to light when the cause is mended and it is not, with the date that
 * the cause had.
 */
export const CAUSES: readonly CauseRow[] = [
  {
    cause: 'security-context-missing',
    implies: [
      'privilege-escalation-allowed',
      'capabilities-not-dropped',
      'run-as-root-allowed',
      'seccomp-profile-missing',
      'writable-root-filesystem',
      'run-as-low-id',
    ],
    where: CONTAINER,
    because: 'One securityContext answers all of them.',
    isSum: true,
  },
  {
    cause: 'privileged-container',
    implies: [
      'privilege-escalation-allowed',
      'capabilities-not-dropped',
      'net-raw-capability',
      'seccomp-profile-missing',
      'seccomp-unconfined',
      'apparmor-unconfined',
      'proc-mount-unmasked',
      'proc-mount-unmasked-restricted',
    ],
    where: CONTAINER,
    because: 'A privileged container has every capability, and no profile confines it, whatever else is set.',
  },
  {
    cause: 'capabilities-not-dropped',
    implies: ['net-raw-capability'],
    where: CONTAINER,
    because: 'Dropping ALL capabilities drops NET_RAW.',
  },
  {
    cause: 'dangerous-capability',
    implies: ['capabilities-added-non-default', 'capabilities-added-restricted'],
    where: CAPABILITY,
    because: 'It is the same capability.',
  },
  {
    cause: 'capabilities-added-non-default',
    implies: ['capabilities-added-restricted'],
    where: CAPABILITY,
    because: 'It is the same capability.',
  },
  {
    cause: 'run-as-user-zero',
    implies: ['run-as-root-allowed', 'run-as-low-id'],
    where: CONTAINER,
    because: 'User 0 is root.',
  },
  {
    cause: 'seccomp-unconfined',
    implies: ['seccomp-profile-missing'],
    where: CONTAINER,
    because: 'It is the same field.',
  },
  {
    cause: 'proc-mount-unmasked',
    implies: ['proc-mount-unmasked-restricted'],
    where: CONTAINER,
    because: 'It is the same field.',
  },
  {
    cause: 'container-runtime-socket',
    implies: ['host-path-sensitive', 'host-path-volume', 'restricted-volume-type', 'host-path-writable'],
    where: VOLUME,
    because: 'It is the same volume.',
  },
  {
    cause: 'host-path-sensitive',
    implies: ['host-path-volume', 'restricted-volume-type', 'host-path-writable'],
    where: VOLUME,
    because: 'It is the same volume.',
  },
  {
    cause: 'host-path-volume',
    implies: ['restricted-volume-type'],
    where: VOLUME,
    because: 'It is the same volume.',
  },
  {
    cause: 'image-tag-mutable',
    implies: ['image-digest-not-pinned', 'image-pull-policy-not-always'],
    where: CONTAINER,
    because: 'An image that is pinned by a digest has none of them.',
  },
  {
    cause: 'cluster-admin-binding',
    implies: [everything.id, ...broughtAlong(everything)],
    where: SUBJECT,
    because: 'It is what cluster-admin allows.',
  },
  ...powerCauses,
  {
    cause: 'nonresource-url-wildcard',
    implies: ['wildcard-in-role'],
    where: RULE,
    because: 'It is the same rule.',
  },
  {
    cause: 'powerful-service-account',
    implies: ['default-service-account-used', 'service-account-shared', 'service-account-token-automounted'],
    where: ANYWHERE,
    because: 'A ServiceAccount of its own, with the rights that it needs, ends all of them.',
  },
  {
    cause: 'sa-unused-with-grants',
    implies: ['sa-automount-enabled'],
    where: ANYWHERE,
    because: 'Removing the ServiceAccount ends both.',
  },
  {
    cause: 'namespace-without-network-policy',
    implies: ['namespace-without-default-deny'],
    where: ANYWHERE,
    because: 'The first policy of a namespace is one that denies by default.',
  },
];
