import type { Severity } from '../../crds/index.ts';
import type { ServerFacts } from '../check.ts';
import type { Ask } from './asks.ts';

/** How far a binding reaches; a namespace is privileged if owning it is as good as owning the cluster. */
export type ReachSort = 'cluster' | 'privileged' | 'namespace';

/** Something that the holder of rules can do. */
export interface Power {
  /** The id of the check that finds it on bindings; of a combination, its own. */
  readonly id: string;
  /** For people, after "may": `read Secrets`. */
  readonly does: string;
  /** All of these are needed, each by any of its requests; several rules, roles and bindings may share them out. */
  readonly needs: readonly (readonly Ask[])[];
  /**
   * How bad it is, by reach. What takes over other pods or identities owns the cluster where it reaches those of its
   * controllers, and is bounded by the namespace elsewhere. Nothing is said where it is undefined.
   */
  readonly severity: Readonly<Record<ReachSort, Severity | undefined>>;
  /** Names that are worse or milder than others, for rules that are limited to names. */
  readonly names?: Readonly<Record<string, Severity | 'nothing'>>;
  /** For rules that are limited to other names; undefined for nothing to say. Default Low. */
  readonly otherNames?: Severity | 'nothing';
  /** Other powers that this one brings along, with the same reach. */
  readonly implies?: readonly string[] | 'everything';
}

/** A severity for each reach. */
export const byReach = (
  cluster: Severity | undefined,
  privileged: Severity | undefined,
  namespace: Severity | undefined,
): Power['severity'] => ({ cluster, privileged, namespace });

/** The power by the requests that this version of Kubernetes asks for. */
export function powerIn({ minor }: ServerFacts, power: Power): Power {
  const isAsked = ({ firstMinor = minor, lastMinor = minor }: Ask): boolean =>
    firstMinor <= minor && minor <= lastMinor;
  if (power.needs.every((asks) => asks.every(isAsked))) return power;
  return { ...power, needs: power.needs.map((asks) => asks.filter(isAsked)) };
}
