/** Annotations by which a ServiceAccount gets an identity at a cloud provider. */
const CLOUD_IDENTITIES: readonly string[] = [
  'azure.workload.identity/client-id',
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
];

/** Those of these annotations that are set, sorted; what they say is not kept. */
export function cloudIdentitiesOf(annotations: unknown): readonly string[] {
  if (typeof annotations !== 'object' || annotations === null) return [];
  return CLOUD_IDENTITIES.filter((name) => Object.hasOwn(annotations, name));
}
