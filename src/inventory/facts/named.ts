/** What is kept of an object of which it only matters that it exists. */
export interface NamedFacts {
  readonly name: string;
}
