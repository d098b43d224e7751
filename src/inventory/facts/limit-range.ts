import type { ObjectRef } from './object-ref.ts';
import type { ResourceField } from './resources.ts';

/** What is kept of a LimitRange. */
export interface LimitRangeFacts {
  readonly ref: ObjectRef;
  /** What it gives to containers that are created without it. */
  readonly gives: readonly ResourceField[];
}
