import { SEVERITIES, type Severity } from '../../crds/index.ts';
import { holds } from './host-directories.ts';

interface SensitivePath {
  readonly path: string;
  readonly severity: Severity;
  /** Of what lies in it, where that is less than the whole. Default: the same. */
  readonly inside?: Severity;
}

/** What lies in several of these is judged by the innermost. */
const SENSITIVE: readonly SensitivePath[] = [
  { path: '/etc', severity: 'Critical', inside: 'High' },
  { path: '/etc/kubernetes', severity: 'Critical' },
  { path: '/etc/shadow', severity: 'Critical' },
  { path: '/etc/ssh', severity: 'Critical' },
  { path: '/proc', severity: 'Critical', inside: 'High' },
  { path: '/sys', severity: 'Critical', inside: 'High' },
  { path: '/dev', severity: 'Critical', inside: 'High' },
  { path: '/boot', severity: 'Critical' },
  { path: '/root', severity: 'Critical' },
  { path: '/home', severity: 'High' },
  { path: '/usr', severity: 'High' },
  { path: '/bin', severity: 'High' },
  { path: '/sbin', severity: 'High' },
  { path: '/lib', severity: 'High' },
  { path: '/lib64', severity: 'High' },
  { path: '/var/lib/kubelet', severity: 'Critical' },
  { path: '/var/lib/kubelet/plugins', severity: 'High' },
  { path: '/var/lib/kubelet/plugins_registry', severity: 'High' },
  { path: '/var/lib/kubelet/device-plugins', severity: 'High' },
  { path: '/var/lib/kubelet/pod-resources', severity: 'Medium' },
  { path: '/var/lib/etcd', severity: 'Critical' },
  { path: '/var/lib/docker', severity: 'Critical' },
  { path: '/var/lib/containerd', severity: 'Critical' },
  { path: '/var/lib/containers', severity: 'Critical' },
  { path: '/var/lib/rancher', severity: 'Critical' },
  { path: '/var/lib/k0s', severity: 'Critical' },
];

/** What lies in a sensitive directory and is not: every program of a node may read it, and it tells and moves nothing. */
const HARMLESS: readonly string[] = [
  '/dev/shm',
  '/etc/ca-certificates',
  '/etc/hosts',
  '/etc/localtime',
  '/etc/machine-id',
  '/etc/os-release',
  '/etc/pki/ca-trust',
  '/etc/pki/tls/certs',
  '/etc/resolv.conf',
  '/etc/ssl/certs',
  '/etc/timezone',
  '/lib/modules',
  '/usr/lib/modules',
  '/usr/lib/os-release',
  '/usr/local/share/ca-certificates',
  '/usr/share/ca-certificates',
  '/usr/share/zoneinfo',
  '/usr/src',
];

/** How bad it is to be given a path of the node: for what it is, lies in, or holds. Undefined if it is not sensitive. */
export function sensitivity(path: string): Severity | undefined {
  if (HARMLESS.some((harmless) => holds(harmless, path))) return undefined;
  const held = new Set(SENSITIVE.filter((each) => holds(path, each.path)).map(({ severity }) => severity));
  const worst = SEVERITIES.find((severity) => held.has(severity));
  if (worst !== undefined) return worst;
  const [innermost] = SENSITIVE.filter((each) => holds(each.path, path)).sort((a, b) => b.path.length - a.path.length);
  return innermost?.inside ?? innermost?.severity;
}
