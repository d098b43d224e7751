import type { Check, FactKind, Outcome, Undecided } from './check.ts';
import { PASS, SKIP } from './check.ts';
import { unlessMalformed } from './fields.ts';
import { selectionOf, type Selection } from './selection.ts';

/** What is known of the files whose objects are being judged. */
export interface FileContext {
  /** Whether an object of this kind is among them. */
  readonly isProvided: (kind: FactKind) => boolean;
  /** Whether the files are all there is. */
  readonly isComplete: boolean;
  /** Whether the object being judged leaves its namespace to whoever applies it. */
  readonly isNamespaceOpen: () => boolean;
}

/**
 * The same checks for objects that come from files: where a cluster would know more, they say that they do not know. A rule
 * that does not apply still does not.
 */
export function selectionForFiles({ checks }: Selection, context: FileContext): Selection {
  return selectionOf(checks.map((check) => inFiles(check, context)));
}

function inFiles<C extends Check>(check: C, context: FileContext): C {
  // The compiler cannot see that input and function belong to one target.
  const evaluate = check.evaluate as (input: unknown) => Outcome;
  const missing = (): Undecided | undefined => whatIsMissing(check, context);
  return {
    ...check,
    evaluate: (input: unknown) => {
      const outcome = orMalformed(() => evaluate(input));
      if (outcome === SKIP || isUndecided(outcome)) return outcome;
      return standsAnyway(check, outcome) ? outcome : (missing() ?? outcome);
    },
  };
}

const isUndecided = (outcome: Outcome): outcome is Undecided => typeof outcome === 'object' && 'reason' in outcome;

/** Objects that are not there could only add to what was found, or only explain it. */
const standsAnyway = ({ inFiles: how }: Check, outcome: Outcome): boolean =>
  (how === 'lower-bound' && outcome !== PASS) || (how === 'upper-bound' && outcome === PASS);

function whatIsMissing({ reads = [], inFiles: how }: Check, context: FileContext): Undecided | undefined {
  if (how === 'server') return notProvided('files do not tell which API server they are for');
  if (how === 'namespace') {
    return context.isNamespaceOpen() ? notProvided('the file leaves the namespace to whoever applies it') : undefined;
  }
  if (how === 'defaults' || (how === 'upper-bound' && context.isComplete)) return undefined;
  if (how === 'upper-bound') return notProvided(`a ${reads.join(' or ')} that is not among the files may be meant`);
  const absent = reads.filter((kind) => !context.isProvided(kind));
  return absent.length === 0 ? undefined : notProvided(`no ${absent.join(', no ')} is among the files`);
}

const notProvided = (message: string): Undecided => ({ reason: 'NotProvided', message });

/** No API server has looked at a file, so that a field may hold anything: what a check trips over is malformed. */
function orMalformed(answer: () => Outcome): Outcome {
  try {
    return unlessMalformed(answer);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { reason: 'Malformed', message: 'a field that the check reads is not of the type that it must have' };
  }
}
