/** What checks must be told about this cluster, because no object of it says so. A value: new parameters mean judging anew. */
export interface CheckParameters {
  /** Where images may come from: hosts with their ports, each with or without a path. Empty: nothing is said of it. */
  readonly allowedRegistries: readonly string[];
}

/** Of a cluster of which nothing is told. */
export const DEFAULT_PARAMETERS: CheckParameters = { allowedRegistries: [] };
