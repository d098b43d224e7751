import type { ObjectRef } from './object-ref.ts';

/** What is kept of a ServiceAccount. */
export interface ServiceAccountFacts {
  readonly ref: ObjectRef;
  /** Unset means true, unless the pod says otherwise. */
  readonly automountServiceAccountToken: boolean | undefined;
  /** Names of the annotations that give it an identity at a cloud provider, sorted. */
  readonly cloudIdentities: readonly string[];
}
