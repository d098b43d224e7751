import {
  apiserverAnonymousAuth,
  apiserverAuthorizationMode,
  apiserverProfiling,
  apiserverServiceAccountKeys,
  apiserverTokenAuthFile,
} from './api-server-access.ts';
import {
  apiserverAlwaysAdmit,
  apiserverCoreAdmissionDisabled,
  apiserverOptionalAdmission,
} from './api-server-admission.ts';
import { apiserverAuditLogging, apiserverSecretsNotEncrypted } from './api-server-data.ts';
import { apiserverEtcdTls, apiserverKubeletTls, apiserverServingTls } from './api-server-tls.ts';
import { controllerManagerHardening, schedulerHardening } from './controllers.ts';
import { etcdClientTls, etcdPeerTls } from './etcd.ts';
import type { FlagCheck } from './flag-check.ts';

/** Every check of the command lines of the control plane. */
export const controlPlaneChecks: readonly FlagCheck[] = [
  apiserverAnonymousAuth,
  apiserverTokenAuthFile,
  apiserverAuthorizationMode,
  apiserverAlwaysAdmit,
  apiserverCoreAdmissionDisabled,
  apiserverAuditLogging,
  apiserverSecretsNotEncrypted,
  apiserverKubeletTls,
  apiserverEtcdTls,
  apiserverServingTls,
  apiserverServiceAccountKeys,
  apiserverProfiling,
  apiserverOptionalAdmission,
  etcdClientTls,
  etcdPeerTls,
  controllerManagerHardening,
  schedulerHardening,
];
