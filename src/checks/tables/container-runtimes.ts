/** The day on which the sources below were read. */
export const RUNTIME_AS_OF = '2026-11-24';

/**
 * Last day of each line of containerd (https://containerd.io/releases/, "Support Horizon", kept in RELEASES.md of
 * containerd/containerd). Of 1.7 only the month is announced; the end of 2.3, a long-term release, is announced as tentative.
 */
const CONTAINERD: readonly (readonly [line: string, lastDay: string])[] = [
  ['1.5', '2023-02-28'],
  ['1.6', '2025-08-23'],
  ['1.7', '2026-09-30'],
  ['2.0', '2025-11-07'],
  ['2.1', '2026-05-05'],
  ['2.2', '2026-11-06'],
  ['2.3', '2028-04-27'],
];

/** Major versions of Docker Engine that are known to be without patches (moby, project/BRANCHES-AND-TAGS.md; nothing is announced of 25). */
const DOCKER_ENDED_MAJORS: ReadonlySet<number> = new Set([23, 24, 26, 27]);
const OLDEST_DOCKER_MAJOR = 23;

/** What is known of the support of a container runtime. */
type RuntimeSupport =
  { readonly status: 'supported' | 'unknown' } | { readonly status: 'ended'; readonly when: string };

export function containerdSupportOf(major: number, minor: number, today: string): RuntimeSupport {
  const [oldest] = CONTAINERD;
  const found = CONTAINERD.find(([line]) => line === `${major}.${minor}`);
  if (found !== undefined)
    return today > found[1] ? { status: 'ended', when: `on ${found[1]}` } : { status: 'supported' };
  return major === 1 && minor < 5 && oldest ? { status: 'ended', when: `before ${oldest[1]}` } : { status: 'unknown' };
}

/** For newer majors no end has been announced, so that nothing is said of them. */
export function dockerSupportOf(major: number): RuntimeSupport {
  const hasEnded = major < OLDEST_DOCKER_MAJOR || DOCKER_ENDED_MAJORS.has(major);
  return hasEnded ? { status: 'ended', when: `before ${RUNTIME_AS_OF}` } : { status: 'unknown' };
}
