import type { Power } from './power.ts';
import { CLUSTER_POWERS } from './powers/cluster.ts';
import { everything, IDENTITY_POWERS } from './powers/identities.ts';
import { OTHER_POWERS } from './powers/others.ts';
import { POD_POWERS } from './powers/pods.ts';

/** Everything that a rule is searched for. */
export const POWERS: readonly Power[] = [
  everything,
  ...IDENTITY_POWERS,
  ...POD_POWERS,
  ...CLUSTER_POWERS,
  ...OTHER_POWERS,
];

const BY_ID = new Map(POWERS.map((power) => [power.id, power]));

/** The power of this id. */
export function powerCalled(id: string): Power {
  const power = BY_ID.get(id);
  if (power === undefined) throw new Error(`no power is called ${id}`);
  return power;
}
