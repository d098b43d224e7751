import { CATALOGUE } from '../../checks/catalogue.ts';
import { customCheckId } from '../../checks/custom/custom-check.ts';
import { isOrigin } from '../../checks/images/image-origin.ts';
import type { RejectedField, SecurityProfileSpec } from '../../crds/index.ts';
import { matchesAny } from '../../inventory/collections/globs.ts';
import { labelSelectorOf } from '../../inventory/projections/label-selector.ts';
import { MalformedField } from '../../inventory/json-shape.ts';

const BUILT_IN: readonly string[] = CATALOGUE.map(({ id }) => id);
const WORDS: ReadonlySet<string> = new Set(['all', 'default']);

/** Ids of all checks, the custom ones of the profile included. */
type Known = readonly string[];
type Section = (spec: SecurityProfileSpec, known: Known) => readonly (RejectedField | undefined)[];

const problem = (path: string, message: string): RejectedField => ({ path, message });

/** The words of a list that fit no check, which are typing errors. */
function unmatched(
  words: readonly string[] | undefined,
  path: string,
  known: Known,
): readonly (RejectedField | undefined)[] {
  return (words ?? []).map((word, index) => {
    const fits = matchesAny([word]);
    const isFitting = WORDS.has(word) || known.some((id) => fits(id));
    return isFitting ? undefined : problem(`${path}[${index}]`, `There is no check that ${word} fits.`);
  });
}

function selectorProblem(value: unknown, path: string): RejectedField | undefined {
  try {
    labelSelectorOf(value, path);
    return undefined;
  } catch (error) {
    if (!(error instanceof MalformedField)) throw error;
    return problem(path, `${error.message}.`);
  }
}

/** What the API server does not look at, section by section. */
const SECTIONS: readonly Section[] = [
  ({ checks }, known) => unmatched(checks?.enable, 'spec.checks.enable', known),
  ({ checks }, known) => unmatched(checks?.disable, 'spec.checks.disable', known),
  ({ severities = [] }, known) =>
    severities.map(({ check }, index) =>
      known.includes(check) ? undefined : problem(`spec.severities[${index}].check`, `There is no check ${check}.`),
    ),
  ({ parameters }) =>
    (parameters?.allowedRegistries ?? []).map((each, index) =>
      isOrigin(each)
        ? undefined
        : problem(`spec.parameters.allowedRegistries[${index}]`, `${each} is no host, host:port or host/path.`),
    ),
  ({ namespaces }) => [
    selectorProblem(namespaces?.selector, 'spec.namespaces.selector'),
    selectorProblem(namespaces?.excludeSelector, 'spec.namespaces.excludeSelector'),
  ],
  ({ exceptions }, known) => unmatched(exceptions?.deny?.checks, 'spec.exceptions.deny.checks', known),
  ({ exceptions }, known) =>
    (exceptions?.annotations ?? []).flatMap(({ checks }, index) =>
      unmatched(checks, `spec.exceptions.annotations[${index}].checks`, known),
    ),
  ({ customChecks = [] }) =>
    customChecks.map((_, index) =>
      problem(`spec.customChecks[${index}]`, 'This version does not run custom checks yet.'),
    ),
];

/** What is wrong with a profile that the API server has taken; nothing if it may act. */
export function problemsOf(spec: SecurityProfileSpec): readonly RejectedField[] {
  const known = [...BUILT_IN, ...(spec.customChecks ?? []).map(({ name }) => customCheckId(name))];
  return SECTIONS.flatMap((section) => section(spec, known)).filter((each) => each !== undefined);
}
