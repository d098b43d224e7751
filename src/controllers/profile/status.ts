import type { RejectedField, SecurityProfileSpec, SecurityProfileStatus } from '../../crds/index.ts';
import { conditionsOf, type ConditionFact } from '../status/conditions.ts';

/** How it stands with the profile. */
export interface ProfileState {
  readonly generation: number;
  /** What acts; undefined if nothing was accepted yet. */
  readonly acting: SecurityProfileSpec | undefined;
  readonly rejected: readonly RejectedField[];
  /** Whether everything has been judged by what acts. */
  readonly isReady: boolean;
}

const MAX_REJECTED = 50;

function accepted({ rejected }: ProfileState): ConditionFact {
  const [first] = rejected;
  if (first === undefined) {
    return { type: 'Accepted', status: 'True', reason: 'Valid', message: 'The cluster is judged by this profile.' };
  }
  const more = rejected.length > 1 ? ` There are ${rejected.length - 1} more, see rejected.` : '';
  return { type: 'Accepted', status: 'False', reason: 'Invalid', message: `${first.path}: ${first.message}${more}` };
}

function ready({ acting, isReady }: ProfileState): ConditionFact {
  if (acting === undefined) {
    const message = 'No version of this profile was accepted: the settings of the operator hold.';
    return { type: 'Ready', status: 'False', reason: 'NothingAccepted', message };
  }
  if (isReady)
    return { type: 'Ready', status: 'True', reason: 'Judged', message: 'Everything was judged by what acts.' };
  return { type: 'Ready', status: 'False', reason: 'Judging', message: 'Everything is being judged anew.' };
}

/** The status of the profile; times stand still with what they are about. */
export function profileStatus(
  state: ProfileState,
  before: SecurityProfileStatus | undefined,
  now: Date,
): SecurityProfileStatus {
  const conditions = conditionsOf([accepted(state), ready(state)], before?.conditions, state.generation, now);
  return {
    observedGeneration: state.generation,
    conditions,
    ...(state.acting === undefined ? {} : { activeSpec: { ...state.acting } }),
    ...(state.rejected.length === 0 ? {} : { rejected: state.rejected.slice(0, MAX_REJECTED) }),
  };
}
