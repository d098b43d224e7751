import type { PowerHeld } from './evidence.ts';
import { covers } from './reach.ts';

const isLimited = ({ evidence }: PowerHeld): boolean => evidence.some(({ names }) => names.length > 0);

/** Whether one power, where it holds, brings the other along. */
function bringsAlong(cause: PowerHeld, other: PowerHeld): boolean {
  const { implies = [] } = cause.power;
  const isImplied = implies === 'everything' || implies.includes(other.power.id);
  return isImplied && covers(cause.reach, other.reach) && !isLimited(cause);
}

/** The powers that no other of them implies at the same place. */
export function withoutImplied<P extends PowerHeld>(powers: readonly P[]): readonly P[] {
  return powers.filter((each) => !powers.some((cause) => cause !== each && bringsAlong(cause, each)));
}
