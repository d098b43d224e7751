export const GROUP = 'plimsoll.dev';
export const VERSION = 'v1alpha1';
export const API_VERSION = `${GROUP}/${VERSION}` as const;

/** Reports on what lives in a namespace, and on the Namespace itself. */
export const SECURITY_REPORTS = {
  group: GROUP,
  version: VERSION,
  resource: 'securityreports',
  kind: 'SecurityReport',
  namespaced: true,
} as const;

/** Reports on cluster-scoped objects, and on the cluster as a whole. */
export const CLUSTER_SECURITY_REPORTS = {
  group: GROUP,
  version: VERSION,
  resource: 'clustersecurityreports',
  kind: 'ClusterSecurityReport',
  namespaced: false,
} as const;

/** How the cluster stands to a framework: one object for each. */
export const COMPLIANCE_REPORTS = {
  group: GROUP,
  version: VERSION,
  resource: 'compliancereports',
  kind: 'ComplianceReport',
  namespaced: false,
} as const;

/** What is accepted of one namespace, and why. */
export const SECURITY_EXCEPTIONS = {
  group: GROUP,
  version: VERSION,
  resource: 'securityexceptions',
  kind: 'SecurityException',
  namespaced: true,
} as const;

/** What is accepted of several namespaces, or of the cluster. */
export const CLUSTER_SECURITY_EXCEPTIONS = {
  group: GROUP,
  version: VERSION,
  resource: 'clustersecurityexceptions',
  kind: 'ClusterSecurityException',
  namespaced: false,
} as const;

/** How the cluster is judged: one object, called default. */
export const SECURITY_PROFILES = {
  group: GROUP,
  version: VERSION,
  resource: 'securityprofiles',
  kind: 'SecurityProfile',
  namespaced: false,
} as const;
