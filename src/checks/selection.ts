import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import picomatch from 'picomatch';
import { CATALOGUE } from './catalogue.ts';
import type { Severity } from '../crds/index.ts';
import type { Check, CheckOf, Target } from './check.ts';
import { DEFAULT_PARAMETERS, type CheckParameters } from './parameters.ts';

/** The checks that are to run, of all there are. */
export interface Selection {
  /** In the order of the catalogue. */
  readonly checks: readonly Check[];
  readonly of: <T extends Target>(target: T) => readonly CheckOf<T>[];
  /**
   * Changes if and only if a check of these subjects is added or removed, or means something else than before: 12 hex digits
   * of a hash over ids and revisions, whatever their order.
   */
  readonly version: (target: Target) => string;
}

/** What `selectChecks` is told: ids, globs of ids, and two words of its own. */
export interface SelectionWords {
  /** `default` are those that are no matter of taste, `all` are all. Default: `default`. */
  readonly include?: readonly string[];
  /** Wins over `include`. Default: none. */
  readonly exclude?: readonly string[];
}

const WORDS: Readonly<Record<string, (check: Check) => boolean>> = {
  all: () => true,
  default: ({ isOptIn }) => isOptIn !== true,
};

/** Whose checks land on the subjects of a target, where it is not only its own. */
const TOGETHER: Partial<Record<Target, readonly Target[]>> = {
  pod: ['pod', 'workload'],
  workload: ['pod', 'workload'],
  node: ['node', 'kubelet'],
  cluster: ['cluster', 'kubelet'],
  role: ['role', 'grant'],
  binding: ['binding', 'grant'],
};

function matcherOf(word: string): (check: Check) => boolean {
  const known = WORDS[word];
  if (known !== undefined) return known;
  const isMatch = picomatch(word);
  return ({ id }) => isMatch(id);
}

/** The first word that names no check at all, which is a typing error; undefined if there is none. */
export function unmatchedWord(words: readonly string[]): string | undefined {
  return words.find((word) => !CATALOGUE.some(matcherOf(word)));
}

/** Chooses the checks to run. */
export function selectChecks({ include = ['default'], exclude = [] }: SelectionWords = {}): Selection {
  const included = include.map(matcherOf);
  const excluded = exclude.map(matcherOf);
  return selectionOf(
    CATALOGUE.filter(
      (check) => included.some((matches) => matches(check)) && !excluded.some((matches) => matches(check)),
    ),
  );
}

const isFor =
  <T extends Target>(target: T) =>
  (check: Check): check is Check & CheckOf<T> =>
    check.target === target;

/** A selection of just these checks. */
export function selectionOf(checks: readonly Check[]): Selection {
  const byTarget = new Map<Target, readonly Check[]>(Map.groupBy(checks, ({ target }) => target));
  /** It does not change while we run, and every report asks. */
  const versions = new Map<Target, string>();

  function of<T extends Target>(target: T): readonly CheckOf<T>[] {
    return (byTarget.get(target) ?? []).filter(isFor(target));
  }

  return {
    checks,
    of,
    version(target) {
      const version = versions.get(target) ?? versionOf((TOGETHER[target] ?? [target]).flatMap((each) => of(each)));
      versions.set(target, version);
      return version;
    },
  };
}

/** A check all of whose findings are of that severity, also those that it would grade by the evidence. */
function gradedAs<T extends Target>(check: CheckOf<T>, severity: Severity): CheckOf<T> {
  return {
    ...check,
    severity,
    evaluate(input) {
      const outcome = check.evaluate(input);
      if (typeof outcome === 'string' || 'reason' in outcome) return outcome;
      return outcome.map((violation) => ({ ...violation, severity }));
    },
  };
}

/** The same checks, some of them with another severity. */
export function regraded({ checks }: Selection, severities: ReadonlyMap<string, Severity>): Selection {
  return selectionOf(
    checks.map((check) => {
      const severity = severities.get(check.id);
      return severity === undefined ? check : (gradedAs(check as CheckOf<Target>, severity) as Check);
    }),
  );
}

/**
 * What a check means: its id alone, as long as that has not changed, and else with the revision (`host-network@2`) and a
 * fingerprint of what it is told other than by default (`pod-not-isolated+1f2e3d4c`).
 */
export function meaningOf(
  { id, revision = 1, parameters: names = [] }: Pick<Check, 'id' | 'revision' | 'parameters'>,
  parameters: CheckParameters,
): string {
  const told = names
    .map((name) => [name, [...new Set(parameters[name])].sort()] as const)
    .filter(([name, values]) => !isDeepStrictEqual(values, DEFAULT_PARAMETERS[name]));
  return [
    id,
    ...(revision === 1 ? [] : [`@${revision}`]),
    ...(told.length === 0 ? [] : [`+${fingerprint(JSON.stringify(told), 8)}`]),
  ].join('');
}

const fingerprint = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);

/** A fingerprint of what these checks are and mean. */
export function versionOf(checks: readonly Pick<Check, 'id' | 'revision'>[]): string {
  const lines = checks.map(({ id, revision = 1 }) => `${id}@${revision}`).sort();
  return fingerprint(lines.join('\n'), 12);
}
