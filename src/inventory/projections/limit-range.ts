import { isDeepStrictEqual } from 'node:util';
import type { LimitRangeFacts } from '../facts/limit-range.ts';
import { RESOURCE_FIELDS, type ResourceField } from '../facts/resources.ts';
import type { Projection } from '../store.ts';

type Quantities = Readonly<Record<string, unknown>>;

interface LimitRangeItem {
  readonly type?: string;
  readonly max?: Quantities;
  readonly min?: Quantities;
  readonly default?: Quantities;
  readonly defaultRequest?: Quantities;
}

/**
 * The API server fills in what an item leaves open (SetDefaults_LimitRangeItem): the limit from the maximum, the request from
 * the limit, else from the minimum. A file is read as if it had been through that.
 */
function givenBy(item: LimitRangeItem): Readonly<Record<ResourceField, boolean>> {
  const hasLimit = (name: string): boolean => has(item.default, name) || has(item.max, name);
  const hasRequest = (name: string): boolean => has(item.defaultRequest, name) || hasLimit(name) || has(item.min, name);
  return {
    'limits.memory': hasLimit('memory'),
    'requests.cpu': hasRequest('cpu'),
    'requests.memory': hasRequest('memory'),
  };
}

const has = (quantities: Quantities | undefined, name: string): boolean => quantities?.[name] !== undefined;

/** Of LimitRanges only what they give to containers is kept: what they allow is no matter of security. */
export const limitRangeProjection: Projection<LimitRangeFacts> = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  relevant: ['spec'],
  project: (object, ref) => {
    const items = (object.parse('spec.limits') ?? []) as readonly LimitRangeItem[];
    const given = items.filter(({ type }) => type === 'Container').map(givenBy);
    return { ref, gives: RESOURCE_FIELDS.filter((field) => given.some((each) => each[field])) };
  },
  equal: isDeepStrictEqual,
};
