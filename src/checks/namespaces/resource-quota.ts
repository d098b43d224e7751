import { finding, namespaceCheck, PASS, SKIP } from '../check.ts';
import { INHABITED, objects } from '../example-objects.ts';

const quotaOf = (namespace: string): string => `
apiVersion: v1
kind: ResourceQuota
metadata: {name: all, namespace: ${namespace}}
spec: {hard: {pods: "10"}}`;

/** How much a namespace may take is for those to decide who share a cluster, so that it is only asked on request. */
export const namespaceWithoutResourceQuota = namespaceCheck({
  id: 'namespace-without-resource-quota',
  severity: 'Low',
  title: 'Namespace has no ResourceQuota',
  why: 'Whoever may create objects here can use up the nodes, or the storage of the API server, for all namespaces.',
  fix: 'Add a ResourceQuota for what the namespace may request, and for the number of its objects.',
  references: {
    nsa: ['Resource policies'],
    mitre: ['T1499'],
    trivy: ['KSV-0040'],
  },
  reads: ['ResourceQuota', 'Pod'],
  parameters: ['systemNamespaces'],
  isOptIn: true,
  maySkip: true,
  evaluate: ({ namespace, hasWorkloads, hasResourceQuota, parameters }) => {
    if (parameters.isSystemNamespace(namespace.ref.name) || !hasWorkloads) return SKIP;
    return hasResourceQuota ? PASS : [finding('metadata.name', 'pods run here, and no ResourceQuota exists')];
  },
  example: { before: objects(INHABITED, quotaOf('another')), after: objects(INHABITED, quotaOf('shop')) },
});
