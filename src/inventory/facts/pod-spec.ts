/** How a pod gets at a token of its ServiceAccount. */
export interface TokenMounts {
  /** The API server injected a token volume (`kube-api-access-*`) into this live Pod, and a container mounts it. */
  readonly injected: boolean;
  /** Names of projected serviceAccountToken volumes that the author wrote and a container mounts, sorted. */
  readonly explicitVolumes: readonly string[];
}

/**
 * What is kept of a pod spec, shared by all pods and templates that are equal in it.
 * `V` is what the intrinsic checks made of it; the inventory stores it unseen.
 */
export interface PodSpecFacts<V = unknown> {
  /** Never empty: an unset name means `default`. */
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean | undefined;
  readonly tokenMounts: TokenMounts;
  readonly verdict: V;
}
