import type { NamedFacts } from '../facts/named.ts';
import type { Projection } from '../store.ts';

/** Objects of which it only matters that they exist; their metadata is all that is asked for. */
export function namedProjection(apiVersion: string, kind: string): Projection<NamedFacts> {
  return {
    apiVersion,
    kind,
    relevant: [],
    project: (_object, { name }) => ({ name }),
    equal: () => true,
  };
}
