import type { CheckOf } from '../check.ts';
import {
  kubeletAnonymousAuth,
  kubeletAuthorizationAlwaysAllow,
  kubeletClientCaMissing,
  kubeletReadOnlyPort,
} from './access.ts';
import { kubeletCertRotationDisabled, kubeletServingCert, kubeletWeakCiphers } from './certificates.ts';
import {
  kubeletEventQps,
  kubeletIptablesChainsDisabled,
  kubeletPodPidsUnlimited,
  kubeletProtectKernelDefaults,
  kubeletSeccompDefaultOff,
  kubeletStreamingTimeoutDisabled,
} from './hardening.ts';

/** Every check of the configuration of kubelets. */
export const kubeletChecks: readonly CheckOf<'kubelet'>[] = [
  kubeletAnonymousAuth,
  kubeletAuthorizationAlwaysAllow,
  kubeletClientCaMissing,
  kubeletReadOnlyPort,
  kubeletServingCert,
  kubeletCertRotationDisabled,
  kubeletPodPidsUnlimited,
  kubeletSeccompDefaultOff,
  kubeletStreamingTimeoutDisabled,
  kubeletIptablesChainsDisabled,
  kubeletWeakCiphers,
  kubeletEventQps,
  kubeletProtectKernelDefaults,
];
