import assert from 'node:assert/strict';
import type { V1PodSpec } from '@kubernetes/client-node';
import { judge } from '../../../../src/checks/judge.ts';
import { ALL } from '../../../support/all-checks.ts';
import { container, pod } from '../verdicts.ts';

const rethrow = (_check: string, error: unknown): never => {
  throw error;
};

/** What each control forbids, in one pod. */
const WRONG: V1PodSpec = {
  hostNetwork: true,
  securityContext: {
    runAsUser: 0,
    runAsNonRoot: false,
    seccompProfile: { type: 'Unconfined' },
    appArmorProfile: { type: 'Unconfined' },
    seLinuxOptions: { type: 'spc_t' },
    sysctls: [{ name: 'kernel.msgmax', value: '1' }],
    windowsOptions: { hostProcess: true },
  },
  volumes: [{ name: 'data', hostPath: { path: '/srv' } }],
  containers: [
    container({
      ports: [{ containerPort: 80, hostPort: 80 }],
      livenessProbe: { tcpSocket: { host: '127.0.0.1', port: 80 } },
      securityContext: { privileged: true, procMount: 'Unmasked', capabilities: { add: ['SYS_ADMIN'] } },
    }),
  ],
};

/** The checks of Pod Security that find something; which these are, their references say. */
function found(spec: V1PodSpec, minor = 37): readonly string[] {
  const checks = ALL.of('pod').filter(({ references }) => references.podSecurity !== undefined);
  const { findings } = judge(checks, pod(spec, {}, minor), rethrow);
  return [...new Set(findings.map(({ check }) => check))].sort();
}

const BASELINE = [
  'apparmor-unconfined',
  'capabilities-added-non-default',
  'host-network',
  'host-path-volume',
  'host-port',
  'privileged-container',
  'probe-host-field',
  'proc-mount-unmasked',
  'seccomp-unconfined',
  'selinux-custom-options',
  'unsafe-sysctl',
  'windows-host-process',
];
const FOR_LINUX = [
  'capabilities-added-restricted',
  'capabilities-not-dropped',
  'privilege-escalation-allowed',
  'seccomp-profile-missing',
];
const OTHERS = ['proc-mount-unmasked-restricted', 'restricted-volume-type', 'run-as-root-allowed', 'run-as-user-zero'];

const without = (all: readonly string[], ...left: readonly string[]): readonly string[] =>
  all.filter((each) => !left.includes(each)).sort();

describe('Pod Security', () => {
  const all = [...BASELINE, ...FOR_LINUX, ...OTHERS].sort();

  it('finds everything in a pod that does everything wrong', () => assert.deepEqual(found(WRONG), all));

  it('asks of Windows pods from v1.25 on none of the restricted things that only Linux has', () => {
    const windows = { ...WRONG, os: { name: 'windows' } };
    assert.deepEqual(found(windows), without(all, ...FOR_LINUX));
    const before = without(all, 'probe-host-field', 'proc-mount-unmasked-restricted');
    assert.deepEqual(found(windows, 24), before);
    assert.deepEqual(found(windows, 25), without(before, ...FOR_LINUX));
  });

  it('asks everything of a pod that only its node selector sends to Windows, or that is for Linux', () => {
    assert.deepEqual(found({ ...WRONG, nodeSelector: { 'kubernetes.io/os': 'windows' } }), all);
    assert.deepEqual(found({ ...WRONG, os: { name: 'linux' } }), all);
  });

  it('lets a user namespace off from v1.35 on for its users, and of proc only at baseline', () => {
    const ofItsOwn = { ...WRONG, hostUsers: false };
    assert.deepEqual(found(ofItsOwn), without(all, 'proc-mount-unmasked', 'run-as-root-allowed', 'run-as-user-zero'));
    assert.deepEqual(found(ofItsOwn, 34), without(all, 'proc-mount-unmasked-restricted'));
    assert.deepEqual(found({ ...WRONG, hostUsers: true }), all);
  });

  for (const sort of ['initContainers', 'ephemeralContainers'] as const) {
    it(`looks at ${sort} as at any other`, () => {
      const { containers, ...rest } = WRONG;
      const harmless = container({
        name: 'harmless',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      });
      assert.deepEqual(found({ ...rest, containers: [harmless], [sort]: containers }), all);
    });
  }

  it('looks at a sidecar as at any other', () => {
    const { containers, ...rest } = WRONG;
    const sidecars = containers.map((each) => ({ ...each, restartPolicy: 'Always' }));
    assert.deepEqual(found({ ...rest, containers: [container({ name: 'b' })], initContainers: sidecars }), all);
  });
});
