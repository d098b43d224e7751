import { hash } from 'node:crypto';
import type { Judged } from '../checks/judge.ts';
import type { Subject } from '../inventory/subject-key.ts';

const ID_LENGTH = 16;

/**
 * The identity of a finding, by which it is remembered: the same over rollouts, restarts and upgrades, whatever the
 * message, the path or the order of things.
 */
export function findingId(
  subject: Subject,
  { check, container = '', key = '' }: Pick<Judged, 'check' | 'container' | 'key'>,
): string {
  const { group, kind, namespace, name } = subject;
  return hash('sha256', [group, kind, namespace, name, check, container, key].join('\0'), 'hex').slice(0, ID_LENGTH);
}
