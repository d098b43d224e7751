export const LABEL_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** What a label must fulfil; one of `matchLabels` is an `In` with a single value. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: (typeof LABEL_OPERATORS)[number];
  readonly values: readonly string[];
}

/** What labels must fulfil, all of it; an empty selector selects everything. */
export type LabelSelector = readonly LabelRequirement[];

export type Labels = Readonly<Record<string, string>>;

const HOLDS: Readonly<
  Record<LabelRequirement['operator'], (value: string | undefined, values: readonly string[]) => boolean>
> = {
  In: (value, values) => value !== undefined && values.includes(value),
  // Kubernetes lets it hold also where there is no such label.
  NotIn: (value, values) => value === undefined || !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
};

const fulfils = ({ key, operator, values }: LabelRequirement, labels: Labels): boolean =>
  HOLDS[operator](Object.hasOwn(labels, key) ? labels[key] : undefined, values);

/** Whether a selector selects what has these labels (apimachinery, LabelSelectorAsSelector). */
export const selects = (selector: LabelSelector, labels: Labels): boolean =>
  selector.every((requirement) => fulfils(requirement, labels));
