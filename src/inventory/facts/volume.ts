/** A directory or disk of one node, behind a PersistentVolume. */
export interface NodeStorage {
  readonly type: 'hostPath' | 'local';
  /** A provisioner made it for the claim, so that nobody chose the path. */
  readonly isProvisioned: boolean;
}

/** What is kept of a PersistentVolume. */
export interface PersistentVolumeFacts {
  /** Undefined for storage that is no node's. */
  readonly nodeStorage: NodeStorage | undefined;
  /** `namespace/name` of the claim it is bound to, or kept for; only for storage of a node. */
  readonly claim: string | undefined;
}

/** What is kept of a PersistentVolumeClaim. */
export interface PersistentVolumeClaimFacts {
  /** The volume that it is bound to, or asks for. */
  readonly volumeName: string | undefined;
}
