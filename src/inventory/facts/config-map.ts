import type { ObjectRef } from './object-ref.ts';

/** A key of a ConfigMap whose value looks like a credential. The value itself is never kept. */
export interface CredentialKey {
  readonly key: string;
  /** What about it does, as the end of a sentence: `holds what looks like a private key`. */
  readonly evidence: string;
}

/** What is kept of a ConfigMap. */
export interface ConfigMapFacts {
  readonly ref: ObjectRef;
  readonly credentials: readonly CredentialKey[];
}

/** Looks at one value while it is handed over; undefined if nothing about it is suspicious. */
export type JudgeConfigValue = (key: string, value: string) => string | undefined;
