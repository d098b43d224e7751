import type { PodSecurityLevel } from '../check.ts';

export type PodSecurityMode = 'enforce' | 'audit' | 'warn';

type Labels = Readonly<Record<string, string>>;

const LEVELS: readonly PodSecurityLevel[] = ['privileged', 'baseline', 'restricted'];

/** C-0193 to C-0204, by which Kubescape counts the Pod Security items of CIS: it judges the labels of namespaces by them, no pods. */
export const KUBESCAPE_ADMISSION = Array.from({ length: 12 }, (_, index) => `C-0${193 + index}`);

export const labelOf = (mode: PodSecurityMode): string => `pod-security.kubernetes.io/${mode}`;

/** The level that a label names: undefined if there is no such label, `invalid` if there is no such level. */
export function namedLevel(labels: Labels, mode: PodSecurityMode): PodSecurityLevel | 'invalid' | undefined {
  const label = labelOf(mode);
  if (!Object.hasOwn(labels, label)) return undefined;
  return LEVELS.find((level) => level === labels[label]) ?? 'invalid';
}

/**
 * The level that the API server goes by (pod-security-admission, api/helpers.go: PolicyToEvaluate): it enforces restricted where
 * it cannot read the label, and audits and warns of nothing. Without a label its own defaults hold, which cannot be seen.
 */
export function effectiveLevel(labels: Labels, mode: PodSecurityMode): PodSecurityLevel {
  const level = namedLevel(labels, mode) ?? 'privileged';
  if (level !== 'invalid') return level;
  return mode === 'enforce' ? 'restricted' : 'privileged';
}

/** The minor that a version label pins; undefined for the latest, which is also what an invalid version means. */
export function pinnedMinor(labels: Labels, mode: PodSecurityMode): number | undefined {
  const label = `${labelOf(mode)}-version`;
  const text = Object.hasOwn(labels, label) ? labels[label] : undefined;
  const [, digits] = /^v1\.(0|[1-9][0-9]*)$/.exec(text ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** Whether every pod that a level lets in, another lets in too. */
export const isAtLeast = (level: PodSecurityLevel, other: PodSecurityLevel): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(other);
