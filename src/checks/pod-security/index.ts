import type { CheckOf } from '../check.ts';
import { appArmorUnconfined } from './app-armor.ts';
import { capabilitiesAddedNonDefault, capabilitiesAddedRestricted, capabilitiesNotDropped } from './capabilities.ts';
import { hostIpc, hostNetwork, hostPid } from './host-namespaces.ts';
import { hostPort } from './host-ports.ts';
import { privilegedContainer, privilegeEscalationAllowed } from './privileges.ts';
import { probeHostField } from './probe-hosts.ts';
import { procMountUnmasked, procMountUnmaskedRestricted } from './proc-mount.ts';
import { seccompProfileMissing, seccompUnconfined } from './seccomp.ts';
import { seLinuxCustomOptions } from './selinux.ts';
import { unsafeSysctl } from './sysctls.ts';
import { runAsRootAllowed, runAsUserZero } from './users.ts';
import { hostPathVolume, restrictedVolumeType } from './volumes.ts';
import { hostProcess } from './windows.ts';

export type { ControlId, Level } from './control.ts';
export { NEWEST_MINOR } from './controls.ts';
export { violatedControls } from './evaluator.ts';

/** The checks that say what the controls of the Pod Security Standards say. */
export const podSecurityChecks: readonly CheckOf<'pod'>[] = [
  privilegedContainer,
  privilegeEscalationAllowed,
  capabilitiesAddedNonDefault,
  capabilitiesNotDropped,
  capabilitiesAddedRestricted,
  runAsRootAllowed,
  runAsUserZero,
  seccompUnconfined,
  seccompProfileMissing,
  appArmorUnconfined,
  seLinuxCustomOptions,
  procMountUnmasked,
  procMountUnmaskedRestricted,
  hostPort,
  hostProcess,
  probeHostField,
  hostNetwork,
  hostPid,
  hostIpc,
  hostPathVolume,
  restrictedVolumeType,
  unsafeSysctl,
];
