import type { ObjectRef } from './object-ref.ts';

/** What is kept of a Node: of its status only what no heartbeat touches. */
export interface NodeFacts {
  readonly ref: ObjectRef;
  readonly addresses: readonly { readonly type: string; readonly address: string }[];
  /** As the node reports it, such as `v1.37.2` or `v1.31.14-eks-1a2b3c`. */
  readonly kubeletVersion: string;
  /** `Ubuntu 24.04.4 LTS` */
  readonly osImage: string;
  /** `6.8.0-79-generic` */
  readonly kernelVersion: string;
  /** `containerd://2.2.1` */
  readonly containerRuntimeVersion: string;
  /** Port of its kubelet, mostly 10250. */
  readonly kubeletPort: number;
  /** Whether its labels say that the control plane runs there. */
  readonly isControlPlane: boolean;
  /** Whether pods that tolerate nothing may be scheduled there. */
  readonly isSchedulable: boolean;
}
