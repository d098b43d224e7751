const BASELINE_TIME = 'plimsoll.dev/baseline-time';
const KNOWN_CHECKS = 'plimsoll.dev/known-checks';

/**
 * What the Cluster's report remembers of the installation itself: when the first full pass ended (everything found
 * before is the baseline, not news), and with which checks (what a new check finds is not news either).
 */
export interface Marker {
  readonly baselineTime: string;
  /** What each meant: an id, or an id with its revision. */
  readonly knownChecks: readonly string[];
}

/** The marker in a report's annotations, if it is whole. */
export function readMarker(annotations: Readonly<Record<string, string>> | undefined): Marker | undefined {
  const baselineTime = annotations?.[BASELINE_TIME];
  const knownChecks = annotations?.[KNOWN_CHECKS];
  if (baselineTime === undefined || knownChecks === undefined) return undefined;
  return { baselineTime, knownChecks: knownChecks.split(',').filter((check) => check !== '') };
}

export function markerAnnotations({ baselineTime, knownChecks }: Marker): Readonly<Record<string, string>> {
  return { [BASELINE_TIME]: baselineTime, [KNOWN_CHECKS]: [...knownChecks].sort().join(',') };
}
