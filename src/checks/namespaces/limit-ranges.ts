import { finding, namespaceCheck, PASS, SKIP } from '../check.ts';
import { INHABITED, objects } from '../example-objects.ts';

/** Off by default, like the limits of the containers themselves. What a LimitRange only forbids fills nothing in. */
export const namespaceWithoutLimitRange = namespaceCheck({
  id: 'namespace-without-limit-range',
  severity: 'Low',
  title: 'Namespace gives its containers no limits by default',
  why: 'A container that names no limit may use all the memory of its node, and starve the pods of other namespaces.',
  fix: 'Create a LimitRange with default and defaultRequest for containers.',
  references: { nsa: ['Resource policies'], trivy: ['KSV-0039'] },
  reads: ['LimitRange', 'Pod'],
  parameters: ['systemNamespaces'],
  isOptIn: true,
  example: { before: INHABITED, after: objects(INHABITED, limitRange()) },
  maySkip: true,
  evaluate: ({ namespace, hasWorkloads, limitRanges, parameters }) => {
    if (parameters.isSystemNamespace(namespace.ref.name) || !hasWorkloads) return SKIP;
    return limitRanges.some(({ gives }) => gives.length > 0)
      ? PASS
      : [finding('metadata.name', 'no LimitRange gives defaults to the containers that run here')];
  },
});

function limitRange(): string {
  return `
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: shop}
spec:
  limits:
    - type: Container
      default: {memory: 128Mi}
      defaultRequest: {cpu: 10m, memory: 64Mi}`;
}
