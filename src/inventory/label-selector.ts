import { isMadeUp } from './facts/labels.ts';
import { listOf, MalformedObjectError, objectOf, stringMapOf, textOf, textsOf } from './json-shape.ts';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

interface Requirement {
  readonly key: string;
  readonly operator: (typeof OPERATORS)[number];
  readonly values: readonly string[];
}

/** What labels must fulfil, all of it. Empty selects everything. */
export type LabelSelector = readonly Requirement[];

function expressionOf(value: unknown, path: string): Requirement {
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
    ...labels.map(([key, wanted]): Requirement => ({ key, operator: 'In', values: [wanted] })),
    ...listOf(selector['matchExpressions'], `${path}.matchExpressions`, expressionOf),
  ];
}

function fulfils(
  { key, operator, values }: Requirement,
  labels: Readonly<Record<string, string>>,
): boolean | undefined {
  if (isMadeUp(key)) return undefined;
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      // As in the API: a label that is not there is not among the values.
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
    default:
      return value === undefined;
  }
}

/** Whether labels are selected; undefined if that hangs on a label that is not kept. */
export function selects(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean | undefined {
  const answers = new Set(selector.map((requirement) => fulfils(requirement, labels)));
  if (answers.has(false)) return false;
  return answers.has(undefined) ? undefined : true;
}
