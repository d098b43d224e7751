import { CATALOGUE } from '../../../checks/catalogue.ts';
import type { Selection } from '../../../checks/selection.ts';
import type { Scope } from '../../../controllers/scope.ts';
import { ALL_CHECKS, type Exception } from '../../../reports/exceptions/exception.ts';
import { nearest } from '../../nearest.ts';

/** What a scan looks at. */
export interface Looked {
  readonly selection: Selection;
  readonly scope: Scope;
  /** Whether some namespaces are left out. */
  readonly isScopeLimited: boolean;
}

const IDS: readonly string[] = CATALOGUE.map(({ id }) => id);

/** What to say of checks in an exception that do not exist: it may be a later version that has them, so that they are no error. */
export function unknownChecks({ checks }: Exception, isCheck: (id: string) => boolean): readonly string[] {
  return [...checks]
    .filter((check) => check !== ALL_CHECKS && !isCheck(check))
    .map((check) => {
      const similar = nearest(check, IDS);
      const advice = similar === undefined ? 'plimsoll explain lists those there are' : `did you mean ${similar}?`;
      return `there is no check ${check}; ${advice}`;
    });
}

/** What to say of an exception that has matched nothing; undefined if there was not all to be seen that it is about. */
export function unmatchedMessage(
  { checks, namespace }: Exception,
  { selection, scope, isScopeLimited }: Looked,
): string | undefined {
  const running = new Set(selection.checks.map(({ id }) => id));
  const wasLookedAt = namespace === undefined ? !isScopeLimited : scope.coversNamespace(namespace);
  if (!wasLookedAt || ![...checks].every((check) => check === ALL_CHECKS || running.has(check))) return undefined;
  return 'there is nothing here that it accepts: the cause is gone, or it names something else';
}
