type Spec = Readonly<Record<string, unknown>>;
type Metadata = Readonly<Record<string, unknown>>;

const SPEC: Spec = {
  checks: ['host-network'],
  reason: 'it is needed for now',
  expirationTime: '2026-12-01T00:00:00Z',
};
const METADATA: Metadata = {
  name: 'accepted',
  uid: 'uid-accepted',
  generation: 1,
  resourceVersion: '1',
  creationTimestamp: '2026-01-01T00:00:00Z',
};

/** A SecurityException in the namespace `shop` about host-network, as the API server sends it. */
export const exception = (spec: Spec = {}, metadata: Metadata = {}): object => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'SecurityException',
  metadata: { ...METADATA, namespace: 'shop', ...metadata },
  spec: { ...SPEC, ...spec },
});

/** A ClusterSecurityException about host-network everywhere. */
export const clusterException = (spec: Spec = {}, metadata: Metadata = {}): object => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'ClusterSecurityException',
  metadata: { ...METADATA, ...metadata },
  spec: { ...SPEC, ...spec },
});
