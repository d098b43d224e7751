import { hash } from 'node:crypto';
import type { ChangeSet, NotifiedFinding } from '../change-set.ts';

/** What became of a finding. */
export type Change = 'opened' | 'resolved';

/** 128 bits: enough that no two are ever equal by chance. */
const LENGTH = 32;

function digestOf(parts: readonly string[]): string {
  return hash('sha256', parts.join('\0')).slice(0, LENGTH);
}

/** Names one change of one finding, always by the same id: a receiver that has seen it may drop what comes again. */
export function findingDedupeId(change: Change, { id, since }: NotifiedFinding, clusterName = ''): string {
  return digestOf([clusterName, change, id, since]);
}

/** Names a message by the changes that it tells of, in whatever order. The same for every target that is told the same. */
export function messageDedupeId(sets: readonly ChangeSet[], clusterName?: string): string {
  const ids = sets.flatMap(({ opened, resolved }) => [
    ...opened.map((finding) => findingDedupeId('opened', finding, clusterName)),
    ...resolved.map((finding) => findingDedupeId('resolved', finding, clusterName)),
  ]);
  return digestOf(ids.sort());
}
