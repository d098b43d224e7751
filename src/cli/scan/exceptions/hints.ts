import { CATALOGUE } from '../../../checks/catalogue.ts';
import type { Selection } from '../../../checks/selection.ts';
import type { Scope } from '../../../controllers/scope.ts';
import { ALL_CHECKS, type Exception } from '../../../reports/exceptions/exception.ts';
import type { Standing } from '../../../reports/exceptions/policy.ts';
import { nearest } from '../../nearest.ts';

/** What a scan looks at. */
export interface Looked {
  readonly selection: Selection;
  readonly scope: Scope;
  /** Whether some namespaces are left out. */
  readonly isScopeLimited: boolean;
  readonly isCheck: (id: string) => boolean;
}

/** What an exception came to, when all was judged. */
export interface Outcome {
  readonly standing: Standing;
  readonly hasMatched: boolean;
  /** A namespace of which nobody knows whether it selects it. */
  readonly undecidedIn: string | undefined;
  /** It is there for more than what is scanned now, so that it need not match anything. */
  readonly isForMore: boolean;
}

const IDS: readonly string[] = CATALOGUE.map(({ id }) => id);

/** Checks that do not exist are no error: a later version may have them. */
function unknownChecks({ checks }: Exception, isCheck: Looked['isCheck']): readonly string[] {
  return [...checks]
    .filter((check) => check !== ALL_CHECKS && !isCheck(check))
    .map((check) => {
      const similar = nearest(check, IDS);
      const advice = similar === undefined ? 'plimsoll explain lists those there are' : `did you mean ${similar}?`;
      return `there is no check ${check}; ${advice}`;
    });
}

/** Whether all was to be seen that an exception is about: only then it says something that it has matched nothing. */
function wasAllSeen({ checks, namespace }: Exception, { selection, scope, isScopeLimited }: Looked): boolean {
  const running = new Set(selection.checks.map(({ id }) => id));
  const wasLookedAt = namespace === undefined ? !isScopeLimited : scope.coversNamespace(namespace);
  return wasLookedAt && [...checks].every((check) => check === ALL_CHECKS || running.has(check));
}

function activeHints(exception: Exception, outcome: Outcome, looked: Looked): readonly string[] {
  const { hasMatched, undecidedIn, isForMore } = outcome;
  if (undecidedIn !== undefined) {
    const what = `the labels of the namespace ${undecidedIn} are not known`;
    return [`it selects among namespaces, but ${what}: it accepts nothing there`];
  }
  if (hasMatched || isForMore || !wasAllSeen(exception, looked)) return [];
  return ['there is nothing here that it accepts: the cause is gone, or it names something else'];
}

/** What to say of an exception, so that nobody believes it to do more than it does. */
export function hintsOn(exception: Exception, outcome: Outcome, looked: Looked): readonly string[] {
  const { state, message } = outcome.standing;
  return [
    ...(state === 'Active' ? [] : [`it counts for nothing (${state}). ${message}`]),
    ...unknownChecks(exception, looked.isCheck),
    ...(state === 'Active' ? activeHints(exception, outcome, looked) : []),
  ];
}
