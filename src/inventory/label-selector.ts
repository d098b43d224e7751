import { fulfils, type LabelRequirement } from './facts/label-selector.ts';
import { isMadeUp } from './facts/labels.ts';
import { listOf, MalformedObjectError, objectOf, stringMapOf, textOf, textsOf } from './json-shape.ts';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** What labels must fulfil, all of it. Empty selects everything. */
export type LabelSelector = readonly LabelRequirement[];

function expressionOf(value: unknown, path: string): LabelRequirement {
  const expression = objectOf(value, path);
  const operator = OPERATORS.find((each) => each === expression['operator']);
  if (operator === undefined) throw new MalformedObjectError(`${path}.operator`, `one of ${OPERATORS.join(', ')}`);
  return {
    key: textOf(expression['key'], `${path}.key`) ?? '',
    operator,
    values: textsOf(expression['values'], `${path}.values`),
  };
}

/** The selector in an object's JSON; one that is unset is empty. */
export function labelSelectorOf(value: unknown, path: string): LabelSelector {
  const selector = objectOf(value, path);
  const labels = Object.entries(stringMapOf(selector['matchLabels'], `${path}.matchLabels`));
  return [
    ...labels.map(([key, wanted]): LabelRequirement => ({ key, operator: 'In', values: [wanted] })),
    ...listOf(selector['matchExpressions'], `${path}.matchExpressions`, expressionOf),
  ];
}

/** Whether labels are selected; undefined if that hangs on a label that is not kept. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean | undefined {
  const answers = new Set(
    selector.map((requirement) => (isMadeUp(requirement.key) ? undefined : fulfils(requirement, labels))),
  );
  if (answers.has(false)) return false;
  return answers.has(undefined) ? undefined : true;
}
