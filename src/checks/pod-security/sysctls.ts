import type { V1Sysctl } from '@kubernetes/client-node';
import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { podWith } from '../example-pods.ts';
import { itemsAt, podOf, stringAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';

/** Those that are the pod's own and harm no other pod of the node. */
const SAFE_1_0 = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SAFE_1_27 = [...SAFE_1_0, 'net.ipv4.ip_local_reserved_ports'];
const SAFE_1_29 = [
  ...SAFE_1_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SAFE_1_32 = [...SAFE_1_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];
const SAFE_1_37 = [...SAFE_1_32, 'net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'];

export const sysctls: Control = {
  id: 'sysctls',
  level: 'baseline',
  versions: [
    { from: 0, evaluate: (pod) => sysctlsBeyond(pod, SAFE_1_0) },
    { from: 27, evaluate: (pod) => sysctlsBeyond(pod, SAFE_1_27) },
    { from: 29, evaluate: (pod) => sysctlsBeyond(pod, SAFE_1_29) },
    { from: 32, evaluate: (pod) => sysctlsBeyond(pod, SAFE_1_32) },
    { from: 37, evaluate: (pod) => sysctlsBeyond(pod, SAFE_1_37) },
  ],
};

export const unsafeSysctl = controlCheck(sysctls, {
  id: 'unsafe-sysctl',
  severity: 'Medium',
  title: 'Pod sets a kernel parameter that is not known to be safe',
  why: 'Some kernel parameters act on the whole node, or let a pod starve its neighbours.',
  fix: 'Remove the entry from securityContext.sysctls; set what the node needs by the configuration of the node.',
  references: {
    nsa: ['Pod security'],
    trivy: ['KSV-0026'],
    kubeLinter: ['unsafe-sysctls'],
    kyverno: ['restrict-sysctls'],
  },
  example: {
    before: podWith("securityContext:\n  sysctls:\n    - name: kernel.msgmax\n      value: '65536'"),
    after: podWith("securityContext:\n  sysctls:\n    - name: net.ipv4.tcp_syncookies\n      value: '1'"),
  },
});

function sysctlsBeyond(pod: PodView, safe: readonly string[]): readonly Violation[] {
  return itemsAt(podOf(pod), 'securityContext.sysctls', (item: Place<V1Sysctl>) => stringAt(item, 'name') ?? '')
    .filter(({ key }) => !safe.includes(key))
    .map((sysctl) => violationAt(sysctl, 'name', `sets the sysctl ${sysctl.key}`, sysctl.key));
}
