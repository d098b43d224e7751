/** Our own kinds, as the rest of the code speaks of them. */
import type { Reason, Severity } from './generated/security-report.ts';

export {
  API_VERSION,
  CLUSTER_SECURITY_EXCEPTIONS,
  CLUSTER_SECURITY_REPORTS,
  COMPLIANCE_REPORTS,
  GROUP,
  SECURITY_EXCEPTIONS,
  SECURITY_PROFILES,
  SECURITY_REPORTS,
  VERSION,
} from './resources.ts';
export { COMPLIANCE_LIMITS } from './generated/compliance-limits.ts';
export { EXCEPTION_LIMITS } from './generated/exception-limits.ts';
export { EXCEPTION_SPEC_SCHEMAS } from './generated/exception-schemas.ts';
export { PROFILE_LIMITS } from './generated/profile-limits.ts';
export { REPORT_LIMITS } from './generated/report-limits.ts';
export type { ObjectSchema } from './schema.ts';
export type {
  ClusterSecurityReport,
  Finding,
  SecurityReport,
  Severity,
  Subject,
  Summary,
  SuppressedBy as Suppression,
  Unknown as UnknownEntry,
} from './generated/security-report.ts';
export type {
  ComplianceReport,
  Control as ComplianceControl,
  State as ComplianceState,
} from './generated/compliance-report.ts';
export type {
  Condition,
  Match as ExceptionMatch,
  SecurityException,
  Selector as LabelSelector,
  Spec as SecurityExceptionSpec,
  StatusObject as SecurityExceptionStatus,
} from './generated/security-exception.ts';
export type {
  ClusterSecurityException,
  Spec as ClusterSecurityExceptionSpec,
} from './generated/cluster-security-exception.ts';
export type {
  Parameters as ProfileParameters,
  Rejected as RejectedField,
  SecurityProfile,
  Spec as SecurityProfileSpec,
  SpecCustomCheck as CustomCheck,
  State as CustomCheckState,
  StatusCustomCheck as CustomCheckStatus,
  StatusObject as SecurityProfileStatus,
  Test as CustomCheckTest,
} from './generated/security-profile.ts';

/** From worst to mildest. */
export const SEVERITIES: readonly Severity[] = ['Critical', 'High', 'Medium', 'Low', 'Info'];

export type UnknownReason = Reason;
