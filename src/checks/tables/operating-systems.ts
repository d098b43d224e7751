/** The day on which the sources below were read; support that was extended after it is not known here. */
export const OS_AS_OF = '2026-11-24';

/** A distribution, and until when each of its releases gets security updates that need no extra contract. */
interface Distribution {
  readonly name: string;
  /** Matches `status.nodeInfo.osImage`, with the release as its first group. */
  readonly image: RegExp;
  /** Oldest release first, each with its last day. */
  readonly releases: readonly (readonly [release: string, lastDay: string])[];
}

/**
 * From the pages named at each, and compared, as far as it knows them, with the data of https://endoflife.date; where a page
 * names only a month, its last day. A release whose end no source confirms is not here, and unknown.
 */
const DISTRIBUTIONS: readonly Distribution[] = [
  {
    // https://wiki.ubuntu.com/Releases; Ubuntu Pro patches the long-term releases for longer.
    name: 'Ubuntu',
    image: /^Ubuntu (\d+\.\d+)/,
    releases: [
      ['16.04', '2021-04-30'],
      ['18.04', '2023-05-31'],
      ['20.04', '2025-05-31'],
      ['22.04', '2027-04-30'],
      ['22.10', '2023-07-20'],
      ['23.04', '2024-01-25'],
      ['23.10', '2024-07-12'],
      ['24.04', '2029-05-31'],
      ['24.10', '2025-07-10'],
      ['25.04', '2026-01-17'],
      ['25.10', '2026-07-31'],
      ['26.04', '2031-04-30'],
    ],
  },
  {
    // https://wiki.debian.org/LTS
    name: 'Debian',
    image: /^Debian GNU\/Linux (\d+)\b/,
    releases: [
      ['9', '2022-07-01'],
      ['10', '2024-06-30'],
      ['11', '2026-08-31'],
      ['12', '2028-06-30'],
      ['13', '2030-06-30'],
    ],
  },
  {
    // https://access.redhat.com/support/policy/updates/errata, "Maintenance Support".
    name: 'Red Hat Enterprise Linux',
    image: /^Red Hat Enterprise Linux (?:Server )?(?:release )?(\d+)\./,
    releases: [
      ['7', '2024-06-30'],
      ['8', '2029-05-31'],
      ['9', '2032-05-31'],
      ['10', '2035-05-31'],
    ],
  },
  {
    // https://www.centos.org/cl-vs-cs/#end-of-life
    name: 'CentOS Linux',
    image: /^CentOS Linux (\d+)/,
    releases: [
      ['7', '2024-06-30'],
      ['8', '2021-12-31'],
    ],
  },
  {
    name: 'CentOS Stream',
    image: /^CentOS Stream (\d+)/,
    releases: [
      ['8', '2024-05-31'],
      ['9', '2027-05-31'],
    ],
  },
  {
    // https://wiki.rockylinux.org/rocky/version/
    name: 'Rocky Linux',
    image: /^Rocky Linux (\d+)\./,
    releases: [
      ['8', '2029-05-31'],
      ['9', '2032-05-31'],
    ],
  },
  {
    name: 'AlmaLinux',
    image: /^AlmaLinux (\d+)\./,
    releases: [
      ['8', '2029-03-01'],
      ['9', '2032-05-31'],
    ],
  },
  {
    // https://www.oracle.com/a/ocom/docs/elsp-lifetime-069338.pdf, "Premier Support".
    name: 'Oracle Linux',
    image: /^Oracle Linux Server (\d+)\./,
    releases: [
      ['7', '2024-12-31'],
      ['8', '2029-07-31'],
      ['9', '2032-06-30'],
    ],
  },
  {
    // https://aws.amazon.com/amazon-linux-2/ and https://docs.aws.amazon.com/linux/al2023
    name: 'Amazon Linux',
    image: /^Amazon Linux (\d+)/,
    releases: [
      ['2', '2026-06-30'],
      ['2023', '2029-06-30'],
    ],
  },
  {
    // https://learn.microsoft.com/azure/azure-linux/release-cadence-lifecycle; 2.0 and older call themselves without a number.
    name: 'Azure Linux',
    image: /^(?:Microsoft )?Azure Linux (\d+)\./,
    releases: [
      ['2', '2025-07-31'],
      ['3', '2027-08-31'],
    ],
  },
  { name: 'CBL-Mariner', image: /^(CBL-Mariner)/, releases: [['CBL-Mariner', '2025-07-31']] },
  {
    name: 'CoreOS Container Linux',
    image: /^(Container Linux by CoreOS)/,
    releases: [['Container Linux by CoreOS', '2020-05-26']],
  },
  {
    // https://www.suse.com/lifecycle, "General ends".
    name: 'SUSE Linux Enterprise Server',
    image: /^SUSE Linux Enterprise Server (\d+ SP\d+)/,
    releases: [
      ['12 SP5', '2024-10-31'],
      ['15 SP3', '2022-12-31'],
      ['15 SP4', '2023-12-31'],
      ['15 SP5', '2024-12-31'],
      ['15 SP6', '2025-12-31'],
    ],
  },
  {
    name: 'openSUSE Leap',
    image: /^openSUSE Leap (\d+\.\d+)/,
    releases: [
      ['15.4', '2023-12-07'],
      ['15.5', '2024-12-31'],
      ['15.6', '2026-04-30'],
    ],
  },
  {
    // https://alpinelinux.org/releases/
    name: 'Alpine Linux',
    image: /^Alpine Linux v(\d+\.\d+)/,
    releases: [
      ['3.16', '2024-05-23'],
      ['3.17', '2024-11-22'],
      ['3.18', '2025-05-09'],
      ['3.19', '2025-11-01'],
      ['3.20', '2026-04-01'],
      ['3.21', '2026-11-01'],
      ['3.22', '2027-05-01'],
      ['3.23', '2027-11-01'],
    ],
  },
  {
    // https://learn.microsoft.com/lifecycle/products/
    name: 'Windows Server',
    image: /^Windows Server (\d{4})\b/,
    releases: [
      ['2016', '2027-01-12'],
      ['2019', '2029-01-09'],
      ['2022', '2031-10-14'],
      ['2025', '2034-10-10'],
    ],
  },
];

/** Systems that are replaced as a whole and often: their name tells nothing about support. */
const ROLLING =
  /^(?:Container-Optimized OS|Flatcar|Bottlerocket|Talos|Fedora CoreOS|Red Hat Enterprise Linux CoreOS|openSUSE MicroOS|SUSE Linux Micro|Arch Linux|NixOS|Kairos|Buildroot)/;

/** What is known of an operating system on a day. */
type OsSupport =
  | { readonly status: 'supported' | 'rolling' | 'unknown' }
  | { readonly status: 'ended'; readonly system: string; readonly lastDay: string };

const ascending = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** Looks up an operating system as a node names it. A release older than all in the table ended before these. */
export function osSupportOf(osImage: string, today: string): OsSupport {
  for (const { name, image, releases } of DISTRIBUTIONS) {
    const release = image.exec(osImage)?.[1];
    if (release === undefined) continue;
    const [oldest] = releases;
    const found =
      releases.find(([each]) => each === release) ?? (oldest && ascending(release, oldest[0]) < 0 ? oldest : undefined);
    if (found === undefined) return { status: 'unknown' };
    const system = release === name || osImage.startsWith(release) ? name : `${name} ${release}`;
    return today > found[1] ? { status: 'ended', system, lastDay: found[1] } : { status: 'supported' };
  }
  return { status: ROLLING.test(osImage) ? 'rolling' : 'unknown' };
}
