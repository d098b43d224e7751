import type { V1PodSecurityContext, V1SecurityContext } from '@kubernetes/client-node';
import * as fc from 'fast-check';
import { merged, mostly, weighted } from './draw.ts';

export type ContainerOptions = Partial<V1SecurityContext>;
export type PodOptions = Partial<V1PodSecurityContext>;

/** Options that are the same on a pod and on a container. */
type SharedOptions = Pick<
  V1SecurityContext,
  'runAsNonRoot' | 'runAsUser' | 'seccompProfile' | 'appArmorProfile' | 'seLinuxOptions'
>;

/** Options, and annotations that stand for some of them. */
export interface Confinement {
  readonly options: SharedOptions;
  /** On containers by the beginning of the key: the name of the container is its end. */
  readonly annotations: Readonly<Record<string, string>>;
}

const localhost = { type: 'Localhost', localhostProfile: 'profile' };

export const runAsNonRoot = weighted<SharedOptions>([5, { runAsNonRoot: true }], [4, {}], [1, { runAsNonRoot: false }]);

const runAsUser = weighted<SharedOptions>([6, {}], [2, { runAsUser: 1000 }], [1, { runAsUser: 0 }]);

const seLinuxOptions = mostly<SharedOptions>(
  {},
  fc
    .constantFrom(
      { type: 'container_t' },
      { type: 'container_init_t' },
      { type: 'container_kvm_t' },
      { type: 'container_engine_t' },
      { type: 'spc_t' },
      { type: '', level: 's0:c1,c2' },
      { user: '', role: '' },
      { user: 'system_u' },
      { role: 'sysadm_r' },
    )
    .map((options) => ({ seLinuxOptions: options })),
);

const seccompProfile = weighted<SharedOptions>(
  [6, { seccompProfile: { type: 'RuntimeDefault' } }],
  [6, {}],
  [1, { seccompProfile: localhost }],
  [1, { seccompProfile: { type: 'Unconfined' } }],
);

const appArmorProfile = weighted<SharedOptions>(
  [10, {}],
  [1, { appArmorProfile: { type: 'RuntimeDefault' } }],
  [1, { appArmorProfile: localhost }],
  [1, { appArmorProfile: { type: 'Unconfined' } }],
);

const seccompAnnotation = fc.constantFrom('runtime/default', 'docker/default', 'localhost/profile', 'unconfined');
const appArmorAnnotation = fc.constantFrom('runtime/default', 'localhost/profile', '', 'unconfined');

/** A field or an annotation, never both: the API server wants them equal. */
function fieldOr(
  field: fc.Arbitrary<SharedOptions>,
  key: string,
  value: fc.Arbitrary<string>,
): fc.Arbitrary<Confinement> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 5, arbitrary: field.map((options) => ({ options, annotations: {} })) },
    { weight: 1, arbitrary: value.map((text) => ({ options: {}, annotations: { [key]: text } })) },
  );
}

export const podConfinement = fieldOr(seccompProfile, 'seccomp.security.alpha.kubernetes.io/pod', seccompAnnotation);

export const containerConfinement: fc.Arbitrary<Confinement> = fc
  .tuple(
    fieldOr(seccompProfile, 'container.seccomp.security.alpha.kubernetes.io/', seccompAnnotation),
    fieldOr(appArmorProfile, 'container.apparmor.security.beta.kubernetes.io/', appArmorAnnotation),
  )
  .map(([seccomp, appArmor]) => ({
    options: { ...seccomp.options, ...appArmor.options },
    annotations: { ...seccomp.annotations, ...appArmor.annotations },
  }));

/** The API server refuses a privileged container that forbids escalation, so these go together. */
const privileges = weighted<ContainerOptions>(
  [8, { allowPrivilegeEscalation: false }],
  [1, {}],
  [1, { allowPrivilegeEscalation: true }],
  [1, { privileged: false, allowPrivilegeEscalation: false }],
  [1, { privileged: true }],
);

const BASELINE_CAPABILITIES = [
  'NET_BIND_SERVICE',
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];
const FURTHER_CAPABILITIES = ['NET_RAW', 'SYS_ADMIN', 'ALL', 'CAP_CHOWN', 'chown'];

const capabilities: fc.Arbitrary<ContainerOptions> = fc
  .record({
    drop: weighted([8, ['ALL']], [1, ['NET_RAW', 'ALL']], [1, []], [1, ['all']], [1, ['CHOWN', 'NET_RAW']]),
    add: mostly<string[]>(
      [],
      fc.array(
        fc.oneof(
          { weight: 2, arbitrary: fc.constantFrom(...BASELINE_CAPABILITIES) },
          { weight: 1, arbitrary: fc.constantFrom(...FURTHER_CAPABILITIES) },
        ),
        { minLength: 1, maxLength: 3 },
      ),
      3,
    ),
  })
  .map((drawn) => ({ capabilities: drawn }));

/** Host processes are drawn for whole pods, see `windowsPod`. */
export const noHostProcess = weighted<ContainerOptions>([20, {}], [1, { windowsOptions: { hostProcess: false } }]);

export const containerOptions = merged<ContainerOptions>(
  privileges,
  capabilities,
  runAsNonRoot,
  runAsUser,
  seLinuxOptions,
  noHostProcess,
);

const SYSCTLS = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_notsent_lowat',
  'net.core.somaxconn',
  'kernel.msgmax',
];

const sysctls = mostly<PodOptions>(
  {},
  fc
    .uniqueArray(fc.constantFrom(...SYSCTLS), { minLength: 1, maxLength: 3 })
    .map((names) => ({ sysctls: names.map((name) => ({ name, value: '1' })) })),
  2,
);

export const podOptions = merged<PodOptions>(runAsNonRoot, runAsUser, appArmorProfile, seLinuxOptions, sysctls);
