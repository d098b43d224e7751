/** One of the `matchExpressions` of a label selector. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** A label selector as it is kept; without labels and expressions it selects everything. */
export interface LabelSelector {
  readonly matchLabels: Labels;
  readonly matchExpressions: readonly LabelRequirement[];
}

export type Labels = Readonly<Record<string, string>>;

const labelOf = (labels: Labels, key: string): string | undefined =>
  Object.hasOwn(labels, key) ? labels[key] : undefined;

const HOLDS: Readonly<
  Record<LabelRequirement['operator'], (value: string | undefined, values: readonly string[]) => boolean>
> = {
  In: (value, values) => value !== undefined && values.includes(value),
  // Kubernetes lets it hold also where there is no such label.
  NotIn: (value, values) => value === undefined || !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
};

/** Whether labels fulfil one requirement. */
export const fulfils = ({ key, operator, values }: LabelRequirement, labels: Labels): boolean =>
  HOLDS[operator](labelOf(labels, key), values);

/** Whether a selector selects what has these labels (apimachinery, LabelSelectorAsSelector): everything that it says must hold. */
export function selects({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labelOf(labels, key) === value) &&
    matchExpressions.every((requirement) => fulfils(requirement, labels))
  );
}
