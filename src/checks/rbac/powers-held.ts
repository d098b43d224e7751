import { SEVERITIES, type Severity } from '../../crds/index.ts';
import type { RbacSubject } from '../../inventory/facts/rbac.ts';
import { isEverybody } from './everybody.ts';
import { powerAt, type PowerHeld } from './evidence.ts';
import { isOfPeople, type SubjectRule } from './held-rules.ts';
import type { Power } from './power.ts';
import type { Reach } from './reach.ts';

/** What owners of a namespace are told of: the rest of their rights there follows from these. */
const OWNERS_POWERS = new Set(['pod-create', 'rbac-write']);

const worse = (severity: Severity): Severity => SEVERITIES[Math.max(SEVERITIES.indexOf(severity) - 1, 0)] ?? severity;

/** One step worse for everybody; Low for the people to whom a namespace was given by a role made for that. */
function severityFor(subject: RbacSubject, { severity, evidence }: PowerHeld<SubjectRule>): Severity {
  if (isEverybody(subject)) return worse(severity);
  return isOfPeople(subject) && evidence.every(({ held }) => held.isOwners) ? 'Low' : severity;
}

/** The power that these rules give the subject at the place. */
export function powerOf(
  power: Power,
  subject: RbacSubject,
  rules: readonly SubjectRule[],
  place: Reach,
): PowerHeld<SubjectRule> | undefined {
  const counted = OWNERS_POWERS.has(power.id) ? rules : rules.filter(({ isOwners }) => !isOwners);
  const held = powerAt(power, counted, place);
  return held === undefined ? undefined : { ...held, severity: severityFor(subject, held) };
}
