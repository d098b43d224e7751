import type { Violation } from '../check.ts';
import { objectAt, stringAt, violationAt } from '../fields.ts';
import type { Place, Setter } from '../fields.ts';

/** The types of a seccomp or AppArmor profile that confine a container. */
const CONFINING: ReadonlySet<string> = new Set(['RuntimeDefault', 'Localhost']);

type Profile = 'seccompProfile' | 'appArmorProfile';

/** Whether a seccomp or AppArmor profile is set here, of whatever type. */
export const isProfileSet = (setter: Place<Setter>, profile: Profile): boolean =>
  objectAt(setter, `securityContext.${profile}`) !== undefined;

/** A violation for each setter whose profile does not confine; one without a profile is left alone. */
export function unconfined(setters: readonly Place<Setter>[], profile: Profile): readonly Violation[] {
  const field = `securityContext.${profile}.type` as const;
  return setters
    .filter((setter) => isProfileSet(setter, profile))
    .map((setter) => ({ setter, type: stringAt(setter, field) ?? '' }))
    .filter(({ type }) => !CONFINING.has(type))
    .map(({ setter, type }) => violationAt(setter, field, `${profile} is ${type === '' ? 'without a type' : type}`));
}
