/** Our own kinds, as the rest of the code speaks of them. */
export const GROUP = 'plimsoll.dev';
export const VERSION = 'v1alpha1';
export const API_VERSION = `${GROUP}/${VERSION}`;

export type Severity = 'Critical' | 'High' | 'Medium' | 'Low' | 'Info';

/** From worst to mildest. */
export const SEVERITIES: readonly Severity[] = ['Critical', 'High', 'Medium', 'Low', 'Info'];

export type UnknownReason =
  'PermissionDenied' | 'ApiAbsent' | 'BeyondHorizon' | 'NotSynced' | 'Malformed' | 'ManagedControlPlane' | 'Error';
