import type { ObjectRef } from './object-ref.ts';

/** What is kept of a ServiceAccount. */
export interface ServiceAccountFacts {
  readonly ref: ObjectRef;
  /** Unset means true, unless the pod says otherwise. */
  readonly automountServiceAccountToken: boolean | undefined;
  /** Secrets that it lists and that are called as Kubernetes before v1.24 called those it made for tokens, sorted; absent if none. */
  readonly listedTokens?: readonly string[];
  /** Names of the annotations that give it an identity at a cloud provider, sorted. */
  readonly cloudIdentities: readonly string[];
}
