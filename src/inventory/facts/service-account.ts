import type { ObjectRef } from './object-ref.ts';

/** What is kept of a ServiceAccount. */
export interface ServiceAccountFacts {
  readonly ref: ObjectRef;
  /** Unset means true, unless the pod says otherwise. */
  readonly automountServiceAccountToken: boolean | undefined;
}
