import type { ObjectRef } from './object-ref.ts';

/** What is kept of a Namespace. */
export interface NamespaceFacts {
  readonly ref: ObjectRef;
  /** Unix time; 0 if it is not known, as in files. */
  readonly createdSeconds: number;
  /** Only those under `pod-security.kubernetes.io/`. */
  readonly podSecurityLabels: Readonly<Record<string, string>>;
}
