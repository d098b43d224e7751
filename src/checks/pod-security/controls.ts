import { appArmorProfile } from './app-armor.ts';
import { capabilitiesBaseline, capabilitiesRestricted } from './capabilities.ts';
import type { Control } from './control.ts';
import { hostNamespaces } from './host-namespaces.ts';
import { hostPorts } from './host-ports.ts';
import { allowPrivilegeEscalation, privileged } from './privileges.ts';
import { hostProbesAndHostLifecycle } from './probe-hosts.ts';
import { procMount, procMountRestricted } from './proc-mount.ts';
import { seccompProfileBaseline, seccompProfileRestricted } from './seccomp.ts';
import { seLinuxOptions } from './selinux.ts';
import { sysctls } from './sysctls.ts';
import { runAsNonRoot, runAsUser } from './users.ts';
import { hostPathVolumes, restrictedVolumes } from './volumes.ts';
import { windowsHostProcess } from './windows.ts';

/** Newest policy version whose controls are known here, as its minor: 37 for v1.37. */
export const NEWEST_MINOR = 37;

/** All controls of the Pod Security Standards, v1.0 to v1.37: those of the baseline first. */
export const CONTROLS: readonly Control[] = [
  privileged,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  capabilitiesBaseline,
  appArmorProfile,
  seLinuxOptions,
  procMount,
  seccompProfileBaseline,
  sysctls,
  windowsHostProcess,
  hostProbesAndHostLifecycle,
  restrictedVolumes,
  allowPrivilegeEscalation,
  runAsNonRoot,
  runAsUser,
  seccompProfileRestricted,
  capabilitiesRestricted,
  procMountRestricted,
];
