/** What is kept of a Secret that holds the token of a ServiceAccount: of Secrets only these are asked for, and only their metadata. */
export interface TokenSecretFacts {
  /** Name of the ServiceAccount in its namespace. */
  readonly serviceAccount: string;
}
