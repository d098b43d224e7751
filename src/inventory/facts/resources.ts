import { objectOf, textOf } from '../json-shape.ts';
import type { ContainerView, PodView } from './pod-view.ts';

/** What a container should be given. CPU limits are not among them: they throttle where the node has time to spare. */
export const RESOURCE_FIELDS = ['limits.memory', 'requests.cpu', 'requests.memory'] as const;

export type ResourceField = (typeof RESOURCE_FIELDS)[number];

/** A container that lacks some of them, by itself and by its pod. */
export interface ResourceGap {
  readonly container: string;
  readonly path: string;
  readonly lacks: readonly ResourceField[];
}

/**
 * Containers that run beside each other as long as the pod does: regular ones and sidecars, which are init containers that are
 * restarted. Other init containers run one after the other before these, and ephemeral ones cannot have resources.
 */
export function resourceGaps({ spec, containers }: PodView): readonly ResourceGap[] {
  const ofPod = given(spec.resources, 'spec.resources');
  return containers.filter(isLasting).flatMap(({ name, path, spec: { resources } }) => {
    const ofContainer = given(resources, `${path}.resources`);
    const lacks = RESOURCE_FIELDS.filter((field) => !ofPod.has(field) && !ofContainer.has(field));
    return lacks.length === 0 ? [] : [{ container: name, path, lacks }];
  });
}

function isLasting({ sort, path, spec }: ContainerView): boolean {
  if (sort === 'initContainers') return textOf(spec.restartPolicy, `${path}.restartPolicy`) === 'Always';
  return sort === 'containers';
}

/** A limit is a request too, if there is none. A limit of zero is no limit. */
function given(resources: unknown, path: string): ReadonlySet<ResourceField> {
  const { limits, requests } = objectOf(resources, path);
  const ofLimits = objectOf(limits, `${path}.limits`);
  const ofRequests = objectOf(requests, `${path}.requests`);
  const isGiven: Readonly<Record<ResourceField, boolean>> = {
    'limits.memory': isSet(ofLimits['memory']) && !isZero(ofLimits['memory']),
    'requests.cpu': isSet(ofRequests['cpu'] ?? ofLimits['cpu']),
    'requests.memory': isSet(ofRequests['memory'] ?? ofLimits['memory']),
  };
  return new Set(RESOURCE_FIELDS.filter((field) => isGiven[field]));
}

const isSet = (quantity: unknown): boolean => quantity !== undefined && quantity !== null;

const isZero = (quantity: unknown): boolean =>
  quantity === 0 || (typeof quantity === 'string' && /^0+(?:\.0*)?\D*$/.test(quantity));
