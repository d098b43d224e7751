/** The day of the sources below; support that was extended after it is not known here. */
export const AS_OF = '2026-11-24';

/**
 * Last day on which each minor of Kubernetes 1 has patch releases, oldest minor first.
 * Up to 1.32: the day that the project recorded (kubernetes/website, data/releases/eol.yaml). From 1.33: the day announced on
 * https://kubernetes.io/releases, 14 months after the release.
 */
const END_OF_LIFE: ReadonlyMap<number, string> = new Map([
  [24, '2023-07-28'],
  [25, '2023-10-28'],
  [26, '2024-02-28'],
  [27, '2024-07-16'],
  [28, '2024-10-22'],
  [29, '2025-02-28'],
  [30, '2025-07-15'],
  [31, '2025-11-11'],
  [32, '2026-02-28'],
  [33, '2026-06-28'],
  [34, '2026-10-27'],
  [35, '2027-02-28'],
  [36, '2027-06-28'],
  [37, '2027-10-28'],
]);

const OLDEST_MINOR = Math.min(...END_OF_LIFE.keys());
const [OLDEST_END = AS_OF] = END_OF_LIFE.values();

/** The day that support of the newest known minor ends: past it the table knows nothing that is supported. */
export const HORIZON = [...END_OF_LIFE.values()].at(-1) ?? AS_OF;

/** Whether a release gets patches on a day, and if not, since when, for people; unknown where the table is no help. */
type Support = { readonly status: 'supported' | 'unknown' } | { readonly status: 'ended'; readonly when: string };

/** Looks a release up for a day (`YYYY-MM-DD`). Minors older than all that are listed ended before these. */
export function supportOf(major: number, minor: number, today: string): Support {
  if (major !== 1 || today > HORIZON) return { status: 'unknown' };
  if (minor < OLDEST_MINOR) return { status: 'ended', when: `before ${OLDEST_END}` };
  const end = END_OF_LIFE.get(minor);
  if (end === undefined) return { status: 'unknown' };
  return today > end ? { status: 'ended', when: `on ${end}` } : { status: 'supported' };
}
