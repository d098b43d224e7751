import type { ControlId, Level } from '../pod-security/control.ts';
import { NEWEST_MINOR } from '../pod-security/controls.ts';
import { controlsInForce } from '../pod-security/evaluator.ts';
import { byChecks, type Framework } from './framework.ts';

/** What each control of the Pod Security Standards demands, in a few words. */
const TITLES: Readonly<Record<ControlId, string>> = {
  privileged: 'No container is privileged',
  hostNamespaces: 'Pods share no network, processes or IPC with their node',
  hostPathVolumes: 'Pods mount no directory of their node',
  hostPorts: 'Containers take no port of their node',
  capabilities_baseline: 'Containers add no capability beyond the defaults',
  appArmorProfile: 'AppArmor is not switched off',
  seLinuxOptions: 'SELinux types are those of containers, without user or role',
  procMount: 'The masks over /proc stay, but in a user namespace',
  procMount_restricted: 'The masks over /proc stay',
  seccompProfile_baseline: 'Seccomp is not switched off',
  seccompProfile_restricted: 'A seccomp profile is set',
  sysctls: 'Only kernel parameters known to be safe are set',
  windowsHostProcess: 'No Windows container runs as a process of its node',
  hostProbesAndHostLifecycle: 'Probes and lifecycle hooks name no host',
  restrictedVolumes: 'Volumes are of the kinds that name no storage of their own',
  allowPrivilegeEscalation: 'No process may gain more privileges than its parent',
  runAsNonRoot: 'Containers must not run as root',
  runAsUser: 'No container names user 0',
  capabilities_restricted: 'Containers drop all capabilities, and add back NET_BIND_SERVICE at most',
};

/**
 * A level of the Pod Security Standards as a policy version has it: its controls are those in force there, without the
 * milder ones that others replace.
 */
export function podSecurityFramework(level: Level, minor: number): Framework {
  return {
    name: `pod-security-${level}`,
    title: `Pod Security Standards, ${level}`,
    version: `v1.${Math.min(minor, NEWEST_MINOR)}`,
    controls: controlsInForce(level, minor).map(({ id }) => byChecks(id, TITLES[id])),
    idsIn: ({ podSecurity = [] }) => podSecurity.map((reference) => reference.slice(reference.indexOf('/') + 1)),
  };
}
