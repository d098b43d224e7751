/** A version of the Linux kernel. */
export interface KernelVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** A vulnerability by which containers have been escaped from. */
interface KernelVulnerability {
  readonly cve: string;
  readonly what: string;
  /** First version that has it, and first minor that never had it again. */
  readonly since: readonly [major: number, minor: number];
  readonly until: readonly [major: number, minor: number];
  /** Stable lines in between, with the patch that mended them; other lines were abandoned unmended. */
  readonly fixed: Readonly<Record<string, number>>;
}

/**
 * First and last minors by the records of the CVE programme, patches of the stable lines by NVD. Only those of Dirty Pipe were
 * confirmed by a second source (https://dirtypipe.cm4all.com), so that the check has severity Low.
 */
const VULNERABILITIES: readonly KernelVulnerability[] = [
  {
    cve: 'CVE-2022-0185',
    what: 'heap overflow in the file system context',
    since: [5, 1],
    until: [5, 17],
    fixed: { '5.4': 173, '5.10': 93, '5.15': 16, '5.16': 2 },
  },
  {
    cve: 'CVE-2022-0847',
    what: 'Dirty Pipe',
    since: [5, 8],
    until: [5, 17],
    fixed: { '5.10': 102, '5.15': 25, '5.16': 11 },
  },
  {
    cve: 'CVE-2023-0386',
    what: 'set-uid files through overlayfs',
    since: [5, 11],
    until: [6, 2],
    fixed: { '5.15': 91, '6.1': 9 },
  },
  {
    cve: 'CVE-2024-1086',
    what: 'use after free in nf_tables',
    since: [3, 15],
    until: [6, 8],
    fixed: { '4.19': 307, '5.4': 269, '5.10': 210, '5.15': 149, '6.1': 76, '6.6': 15, '6.7': 3 },
  },
];

const order = ([major, minor]: readonly [number, number]): number => major * 1000 + minor;

/** The known vulnerabilities of a kernel that is built from an unchanged stable release. */
export function kernelVulnerabilitiesOf({ major, minor, patch }: KernelVersion): readonly KernelVulnerability[] {
  return VULNERABILITIES.filter(({ since, until, fixed }) => {
    const own = order([major, minor]);
    if (own < order(since) || own >= order(until)) return false;
    const mended = fixed[`${major}.${minor}`];
    return mended === undefined || patch < mended;
  });
}
