import {
  DIRECTIONS,
  type Direction,
  type NetworkPolicyFacts,
  type OpenRule,
} from '../../inventory/facts/network-policy.ts';
import { selectsPods, type PodLabels } from '../../inventory/facts/pod-labels.ts';

/** Of all ports: what such a rule says of a direction leaves nothing to deny. */
const isUnlimited = ({ ports }: OpenRule): boolean => ports === '';

/**
 * Directions in which a pod of these labels is isolated: policies add up, so that one that selects it is enough. One that
 * selects by a label which a controller makes up for each pod does not count, as it does not select the workload.
 */
export function isolatedDirections(policies: readonly NetworkPolicyFacts[], labels: PodLabels): readonly Direction[] {
  const selecting = policies.filter(({ podSelector }) => selectsPods(podSelector, labels) === true);
  return DIRECTIONS.filter((direction) => selecting.some((policy) => policy[direction] !== undefined));
}

/**
 * Directions in which all traffic of a namespace is denied unless a rule allows it. A policy for all pods does that, also one
 * with rules, since it is the same as one without any and one with these; unless a rule for all pods lets everybody through.
 */
export function deniedDirections(policies: readonly NetworkPolicyFacts[]): readonly Direction[] {
  const general = policies.filter(({ podSelector }) => podSelector.length === 0);
  return DIRECTIONS.filter((direction) => {
    const governing = general.flatMap((policy) => policy[direction] ?? []);
    return governing.length > 0 && !governing.some(({ open }) => open.some(isUnlimited));
  });
}

/** The directions that are not among the given, as people read them: `ingress and egress`; empty if all are. */
export function otherDirections(directions: readonly Direction[]): string {
  return DIRECTIONS.filter((direction) => !directions.includes(direction)).join(' and ');
}
