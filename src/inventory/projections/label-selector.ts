import type { LabelRequirement, LabelSelector } from '../facts/label-selector.ts';
import { itemsAt, objectAt, textAt, textMapAt, textsAt, wordAt } from './shape.ts';

const OPERATORS: readonly LabelRequirement['operator'][] = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

function requirementAt(value: unknown, path: string): LabelRequirement {
  const { key, operator, values } = objectAt(value, path);
  return {
    key: textAt(key, `${path}.key`),
    operator: wordAt(operator, `${path}.operator`, OPERATORS),
    values: textsAt(values, `${path}.values`),
  };
}

/** A label selector as it stands in an object. Throws if it has not the shape of one. */
export function labelSelectorAt(value: unknown, path: string): LabelSelector {
  const { matchLabels, matchExpressions } = objectAt(value, path);
  return {
    matchLabels: textMapAt(matchLabels, `${path}.matchLabels`),
    matchExpressions: itemsAt(matchExpressions, `${path}.matchExpressions`).map(([item, itemPath]) =>
      requirementAt(item, itemPath),
    ),
  };
}
