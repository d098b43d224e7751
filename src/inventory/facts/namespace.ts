import type { ObjectRef } from './object-ref.ts';

/** What is kept of a Namespace. */
export interface NamespaceFacts {
  readonly ref: ObjectRef;
  /** Only those under `pod-security.kubernetes.io/`. */
  readonly podSecurityLabels: Readonly<Record<string, string>>;
}
