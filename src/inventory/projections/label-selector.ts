import { LABEL_OPERATORS, type LabelRequirement, type LabelSelector } from '../facts/label-selector.ts';
import { listOf, objectOf, requiredTextOf, stringMapOf, textsOf, wordOf } from '../json-shape.ts';

function requirementOf(value: unknown, path: string): LabelRequirement {
  const { key, operator, values } = objectOf(value, path);
  return {
    key: requiredTextOf(key, `${path}.key`),
    operator: wordOf(operator, `${path}.operator`, LABEL_OPERATORS),
    values: textsOf(values, `${path}.values`),
  };
}

/** The label selector in an object's JSON; one that is unset is empty. */
export function labelSelectorOf(value: unknown, path: string): LabelSelector {
  const { matchLabels, matchExpressions } = objectOf(value, path);
  const labels = Object.entries(stringMapOf(matchLabels, `${path}.matchLabels`));
  return [
    ...labels.map(([key, wanted]): LabelRequirement => ({ key, operator: 'In', values: [wanted] })),
    ...listOf(matchExpressions, `${path}.matchExpressions`, requirementOf),
  ];
}
