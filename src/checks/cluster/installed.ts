import { clusterCheck, finding, PASS } from '../check.ts';
import type { ClusterInput } from '../check.ts';
import { cis } from '../cis.ts';

/** API groups of operators that bring Secrets from a store outside the cluster, or seal them for Git. */
const SECRET_STORE_GROUPS = [
  'external-secrets.io',
  'secrets-store.csi.x-k8s.io',
  'secrets.hashicorp.com',
  'bitnami.com',
  'isindir.github.com',
  'secrets.infisical.com',
  'onepassword.com',
  'kubernetes-client.io',
];

const SECRET_STORE_DRIVER = 'secrets-store.csi.k8s.io';
const SECRET_STORE_WEBHOOKS: ReadonlySet<string> = new Set(['vault-agent-injector-svc']);

/** API groups in which scanners of images and configurations write what they find. */
const SCANNER_GROUPS = [
  'aquasecurity.github.io',
  'kubescape.io',
  'spdx.softwarecomposition.kubescape.io',
  'neuvector.com',
  'platform.stackrox.io',
  'k8s.mondoo.com',
  'security.sysdig.com',
];

const crd = (plural: string, group: string, kind: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${plural}.${group}
spec:
  group: ${group}
  scope: Namespaced
  names:
    plural: ${plural}
    kind: ${kind}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object`;

const NOTHING = crd('widgets', 'example.org', 'Widget');

/** The name of a CustomResourceDefinition is `<plural>.<group>`. */
function hasGroup({ customResources }: ClusterInput['cluster'], groups: readonly string[]): boolean {
  return customResources.some((name) => {
    const group = name.slice(name.indexOf('.') + 1);
    return groups.some((each) => group === each || group.endsWith(`.${each}`));
  });
}

function hasSecretStore(cluster: ClusterInput['cluster']): boolean {
  if (hasGroup(cluster, SECRET_STORE_GROUPS) || cluster.csiDrivers.includes(SECRET_STORE_DRIVER)) return true;
  return cluster.webhookConfigurations.some(({ webhooks }) =>
    webhooks.some(({ service }) => service !== undefined && SECRET_STORE_WEBHOOKS.has(service.name)),
  );
}

/** Advice, by what is installed. An application that fetches its secrets itself is not seen. */
export const externalSecretStoreAbsent = clusterCheck({
  id: 'external-secret-store-absent',
  severity: 'Info',
  title: 'Secrets come from no store outside the cluster',
  why: 'They are then kept in manifests and pipelines, are seldom changed, and nobody sees who has read them.',
  fix: 'Consider the External Secrets Operator, the Secrets Store CSI driver, or Sealed Secrets.',
  references: { cis: cis('5.4.2'), nsa: ['Secrets'], kubescape: ['C-0208', 'C-0234'], checklist: ['use-secrets'] },
  reads: ['CustomResourceDefinition', 'CSIDriver', 'MutatingWebhookConfiguration'],
  example: { before: NOTHING, after: crd('externalsecrets', 'external-secrets.io', 'ExternalSecret') },
  evaluate: ({ cluster }) =>
    hasSecretStore(cluster)
      ? PASS
      : [finding('customresourcedefinitions', 'no store for secrets is known to be installed')],
});

/** Advice, by what is installed. A scanner outside the cluster is not seen. */
export const securityScannerMissing = clusterCheck({
  id: 'security-scanner-missing',
  severity: 'Info',
  title: 'No scanner for vulnerable images runs in the cluster',
  why: 'Images that were clean when they were built grow old on the cluster, and nobody is told.',
  fix: 'Install one that keeps scanning what runs, such as the Trivy operator, or make an exception if another does it.',
  references: { nsa: ['Image scanning'], checklist: ['scanners'] },
  reads: ['CustomResourceDefinition'],
  example: { before: NOTHING, after: crd('vulnerabilityreports', 'aquasecurity.github.io', 'VulnerabilityReport') },
  evaluate: ({ cluster }) =>
    hasGroup(cluster, SCANNER_GROUPS)
      ? PASS
      : [finding('customresourcedefinitions', 'no scanner is known to be installed')],
});
