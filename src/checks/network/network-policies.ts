import { DIRECTIONS, type Direction, type OpenRule } from '../../inventory/facts/network-policy.ts';
import { selectsPods } from '../../inventory/facts/pod-labels.ts';
import { finding, networkPolicyCheck, PASS, SKIP, verdict } from '../check.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { LABELLED_POD, objects } from '../example-objects.ts';

/**
 * A rule that is limited to ports publishes them on purpose, as a web server must, so that it is only worth knowing. Addresses
 * of one family are everybody too: few clusters use both.
 */
export const networkPolicyAllowsAll = networkPolicyCheck({
  id: 'network-policy-allows-all',
  severity: 'Medium',
  title: 'NetworkPolicy lets everybody through',
  why: 'Policies add up, so that this rule undoes for its pods what all others deny.',
  fix: 'Name those who are meant, by podSelector, namespaceSelector or ipBlock, and the ports.',
  references: {
    cis: cis('5.3.2'),
    nsa: ['Network policies'],
    trivy: ['KSV-0038', 'KUBE-0001', 'KUBE-0002'],
    checklist: ['network-policies'],
  },
  evaluate: ({ networkPolicy }) =>
    verdict(
      DIRECTIONS.flatMap((direction) =>
        (networkPolicy[direction]?.open ?? []).map((rule) => openViolation(direction, rule)),
      ),
    ),
  example: {
    before: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress: [{}]
`,
    after: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  ingress:
    - from: [{podSelector: {matchLabels: {app: proxy}}}]
`,
  },
});

const WHOM = { any: 'everybody', IPv4: 'every IPv4 address', IPv6: 'every IPv6 address' } as const;

function openViolation(direction: Direction, { family, ports }: OpenRule): Violation {
  const whom = `${direction === 'ingress' ? 'from' : 'to'} ${WHOM[family]}`;
  const where = ports === '' ? 'on any port' : `on ${ports}`;
  return finding(`spec.${direction}`, `a rule allows ${direction} ${whom} ${where}`, {
    key: [direction, family, ports].join('/'),
    severity: ports === '' ? 'Medium' : 'Info',
  });
}

/** A policy for the pods with this label. */
const selecting = (app: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec: {podSelector: {matchLabels: {app: ${app}}}}`;

/** A policy for all pods selects whatever comes, also where nothing has come yet. */
export const networkPolicySelectsNothing = networkPolicyCheck({
  id: 'network-policy-selects-nothing',
  severity: 'Low',
  title: 'NetworkPolicy selects no pod',
  why: 'What it was written to protect is not protected by it, most often for a typing error or a renamed label.',
  fix: 'Correct podSelector, or delete the policy.',
  references: {
    nsa: ['Network policies'],
    kubeLinter: ['dangling-networkpolicy'],
    kubeScore: ['networkpolicy-targets-pod'],
    checklist: ['network-policies'],
  },
  reads: ['Pod'],
  maySkip: true,
  evaluate: ({ networkPolicy: { podSelector }, labels }) => {
    if (podSelector.length === 0) return SKIP;
    // One that selects single pods, by a label that is made up for each, is given the benefit of the doubt.
    if (labels.some((each) => selectsPods(podSelector, each) !== false)) return PASS;
    return [finding('spec.podSelector', 'podSelector matches no pod and no template of the namespace')];
  },
  example: {
    before: objects(selecting('webb'), LABELLED_POD),
    after: objects(selecting('web'), LABELLED_POD),
  },
});
