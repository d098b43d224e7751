import { PASS } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { unsafeSysctl } from '../../../../src/checks/pod-security/sysctls.ts';
import { fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const setting = (names: readonly string[], minor = 37): PodInput =>
  pod({ securityContext: { sysctls: names.map((name) => ({ name, value: '1' })) } }, {}, minor);

/** Names by the policy version that first calls them safe. */
const SAFE_SINCE: readonly (readonly [minor: number, name: string])[] = [
  [27, 'net.ipv4.ip_local_reserved_ports'],
  [29, 'net.ipv4.tcp_keepalive_time'],
  [29, 'net.ipv4.tcp_fin_timeout'],
  [29, 'net.ipv4.tcp_keepalive_intvl'],
  [29, 'net.ipv4.tcp_keepalive_probes'],
  [32, 'net.ipv4.tcp_rmem'],
  [32, 'net.ipv4.tcp_wmem'],
  [37, 'net.ipv4.tcp_slow_start_after_idle'],
  [37, 'net.ipv4.tcp_notsent_lowat'],
];

verdicts(unsafeSysctl, [
  ['a pod that sets none', pod(), PASS],
  [
    'those that were always safe',
    setting(
      [
        'kernel.shm_rmid_forced',
        'net.ipv4.ip_local_port_range',
        'net.ipv4.tcp_syncookies',
        'net.ipv4.ping_group_range',
        'net.ipv4.ip_unprivileged_port_start',
      ],
      0,
    ),
    PASS,
  ],
  [
    'each that is not safe',
    setting(['kernel.msgmax', 'net.ipv4.tcp_syncookies', 'net.core.somaxconn']),
    fails(
      { path: 'spec.securityContext.sysctls[kernel.msgmax].name', key: 'kernel.msgmax' },
      { key: 'net.core.somaxconn' },
    ),
  ],
  ['one without a name, which is no safe one', setting(['']), fails({ key: '' })],
  ['the spelling with slashes', setting(['net/ipv4/tcp_syncookies']), fails({ key: 'net/ipv4/tcp_syncookies' })],
  ...SAFE_SINCE.flatMap(([minor, name]) => [
    [`${name} at policy v1.${minor}`, setting([name], minor), PASS] as const,
    [`${name} at policy v1.${minor - 1}`, setting([name], minor - 1), fails({ key: name })] as const,
  ]),
  [
    'names in place of a list of objects',
    pod({ securityContext: malformed({}, { sysctls: ['kernel.msgmax'] }) }),
    undecided('Malformed'),
  ],
]);
