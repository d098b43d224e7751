import { createHash } from 'node:crypto';
import { checksFor } from './catalogue.ts';
import type { Target } from './check.ts';

/** Whose checks land on the subjects of a target: those of pods and of workloads both on workloads. */
const TOGETHER: Partial<Record<Target, readonly Target[]>> = {
  pod: ['pod', 'workload'],
  workload: ['pod', 'workload'],
};

/** The catalogue does not change while we run, and every report asks. */
const versions = new Map<Target, string>();

/**
 * Changes if and only if a check of these subjects is added or removed, or means something else than before: 12 hex digits of a
 * hash over ids and revisions, whatever their order.
 */
export function catalogueVersion(target: Target): string {
  const version = versions.get(target) ?? hashOf(target);
  versions.set(target, version);
  return version;
}

function hashOf(target: Target): string {
  const checks = (TOGETHER[target] ?? [target]).flatMap((each) => checksFor(each));
  const lines = checks.map(({ id, revision = 1 }) => `${id}@${revision}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12);
}
