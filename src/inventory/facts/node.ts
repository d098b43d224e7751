import type { ObjectRef } from './object-ref.ts';

/** What is kept of a Node: of its status only what no heartbeat touches. */
export interface NodeFacts {
  readonly ref: ObjectRef;
  readonly addresses: readonly { readonly type: string; readonly address: string }[];
  /** As the node reports it, such as `v1.37.2` or `v1.31.14-eks-1a2b3c`. */
  readonly kubeletVersion: string;
}
