import type { ObjectRef } from './object-ref.ts';

/** An annotation by which the author of an Ingress gets at the configuration of ingress-nginx. */
export interface UnsafeAnnotation {
  readonly name: string;
  /** It is written into the configuration as it stands, or its value holds what ends the directive it is meant for. */
  readonly how: 'Snippet' | 'Value';
}

/** What is kept of an Ingress. */
export interface IngressFacts {
  readonly ref: ObjectRef;
  /** Hosts of its rules, each once; empty for a rule (or a lone default backend) that takes every host. */
  readonly hosts: readonly string[];
  /** Hosts that it has certificates for; empty for an entry that names none, and so is for all. */
  readonly tlsHosts: readonly string[];
  /** An annotation gives the load balancer its certificate. */
  readonly isTlsByAnnotation: boolean;
  readonly unsafeAnnotations: readonly UnsafeAnnotation[];
}
