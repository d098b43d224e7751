import type { PodView } from '../../inventory/facts/pod-view.ts';
import { finding } from '../check.ts';
import type { Violation } from '../check.ts';
import { MalformedField } from '../../inventory/json-shape.ts';

/** An annotation of the pod by which older API versions set the profile of one container. */
export interface ProfileAnnotation {
  readonly key: string;
  readonly value: string;
  readonly container?: string;
}

/** The annotation of exactly this key, if it is there. */
export function annotationAt(pod: PodView, key: string): string | undefined {
  if (!Object.hasOwn(pod.annotations, key)) return undefined;
  const value: unknown = pod.annotations[key];
  if (typeof value !== 'string') throw new MalformedField(`metadata.annotations[${key}]`, 'a string');
  return value;
}

/**
 * A violation by an annotation; the container and no key, so that it is the same finding as one by the field that
 * replaced it.
 */
export function violationByAnnotation({ key, value, container }: ProfileAnnotation, kind: string): Violation {
  return finding(
    `metadata.annotations[${key}]`,
    `the ${kind} annotation says ${value === '' ? 'nothing' : value}`,
    container === undefined ? {} : { container },
  );
}
