import { hash } from 'node:crypto';
import type { Judged } from '../checks/judge.ts';
import type { Subject } from '../inventory/subject-key.ts';

const ID_BYTES = 8;

/**
 * The identity of a finding, by which it is remembered: the same over rollouts, restarts and upgrades, whatever the
 * message, the path or the order of things.
 */
export function findingId(
  subject: Subject,
  { check, container = '', key = '' }: Pick<Judged, 'check' | 'container' | 'key'>,
): string {
  const { group, kind, namespace, name } = subject;
  const identity = [group, kind, namespace, name, check, container, key].join('\0');
  // A substring of the whole digest would keep the whole digest alive, once per finding.
  return hash('sha256', identity, 'buffer').toString('hex', 0, ID_BYTES);
}
