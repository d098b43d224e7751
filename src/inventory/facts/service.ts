import type { ObjectRef } from './object-ref.ts';

/** What a load balancer is reached by, if the internet routes it; its address itself may change and is not kept. */
export type PublicAddress = 'IPv4 address' | 'IPv6 address' | 'host name';

/** What is kept of the load balancer that a Service asks for. */
export interface LoadBalancerFacts {
  /** The Service asks its cloud for one that only the private network reaches. */
  readonly isInternal: boolean;
  /** It names the addresses that may connect, and not all there are. */
  readonly isLimited: boolean;
  /** It has been given an address. */
  readonly isAssigned: boolean;
  /** Each once, in one order. */
  readonly publicAddresses: readonly PublicAddress[];
}

/** What is kept of a Service: how it is reached from outside. */
export interface ServiceFacts {
  readonly ref: ObjectRef;
  readonly type: string;
  readonly externalIPs: readonly string[];
  /** Only of type LoadBalancer. */
  readonly loadBalancer: LoadBalancerFacts | undefined;
}
