import { sizeOf, type ChangeSet } from '../change-set.ts';
import type { NotifyConfig, TargetType } from '../config/config.ts';
import { messageDedupeId } from './dedupe-id.ts';

/** What one request tells. */
export interface Message {
  /** The same whenever the same is told. */
  readonly id: string;
  readonly clusterName?: string;
  readonly externalUrl?: string;
  /** More than one only in a digest. */
  readonly sets: readonly ChangeSet[];
}

/**
 * How many findings one message may tell of: a thousand long ones are more than many servers take in one request. Chats count
 * what they do not show.
 */
export const MAX_FINDINGS: Readonly<Record<TargetType, number>> = {
  webhook: 200,
  alertmanager: 200,
  slack: Infinity,
  teams: Infinity,
};

export function messageOf(
  sets: readonly ChangeSet[],
  { clusterName, externalUrl }: Omit<NotifyConfig, 'targets'>,
): Message {
  return {
    id: messageDedupeId(sets, clusterName),
    ...(clusterName !== undefined && { clusterName }),
    ...(externalUrl !== undefined && { externalUrl }),
    sets,
  };
}

/** The same in parts that are not too large; always cut alike, so that each part has the same id when it is sent again. */
export function partsOf(changes: ChangeSet, maxFindings: number): readonly ChangeSet[] {
  if (sizeOf(changes) <= maxFindings) return [changes];
  const { opened, resolved } = changes;
  const count = Math.ceil(sizeOf(changes) / maxFindings);
  return Array.from({ length: count }, (_, index) => {
    const [start, end] = [index * maxFindings, (index + 1) * maxFindings];
    const from = (offset: number): number => Math.max(0, offset - opened.length);
    return { ...changes, opened: opened.slice(start, end), resolved: resolved.slice(from(start), from(end)) };
  });
}
