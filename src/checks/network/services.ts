import type { LoadBalancerFacts } from '../../inventory/facts/service.ts';
import { finding, PASS, serviceCheck, SKIP } from '../check.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { webWith } from '../example-objects.ts';

const serviceWith = (...spec: readonly string[]): string => webWith('v1', 'Service', ...spec);

/**
 * Whether a load balancer is internal is said by annotations and classes, each cloud's own; else by the address that it was
 * given. One that waits for an address, or stands in a file, is judged mildly by what it asks for: clouds make it public.
 */
export const servicePublicLoadBalancer = serviceCheck({
  id: 'service-public-load-balancer',
  severity: 'Medium',
  title: 'Service is open to the internet by a load balancer',
  why: 'Everybody can connect to its pods, without the TLS and the checks that an ingress or gateway adds.',
  fix:
    'Ask for an internal load balancer by the annotation of your cloud, list those who may connect in ' +
    'loadBalancerSourceRanges, or publish it by an Ingress. Make an exception for what is meant to be public.',
  references: {
    kubescape: ['C-0256'],
    kubeLinter: ['exposed-services'],
    kyverno: ['restrict-loadbalancer'],
    gatekeeper: ['block-loadbalancer-services'],
    checklist: ['not-on-the-internet'],
  },
  maySkip: true,
  evaluate: ({ service: { loadBalancer } }) => {
    if (loadBalancer === undefined) return SKIP;
    return isKeptIn(loadBalancer) ? PASS : [publicViolation(loadBalancer)];
  },
  example: {
    before: serviceWith('type: LoadBalancer', 'ports: [{port: 443}]'),
    after: serviceWith('type: LoadBalancer', 'loadBalancerSourceRanges: [192.0.2.0/24]', 'ports: [{port: 443}]'),
  },
});

function isKeptIn({ isInternal, isLimited, isAssigned, publicAddresses }: LoadBalancerFacts): boolean {
  if (isAssigned && publicAddresses.length === 0) return true;
  return isInternal || isLimited;
}

function publicViolation({ isAssigned, publicAddresses }: LoadBalancerFacts): Violation {
  if (!isAssigned)
    return finding('spec.type', 'it asks for a load balancer that nothing keeps internal', { severity: 'Low' });
  return finding('spec.type', `its load balancer has a public ${publicAddresses.toSorted().join(', a public ')}`);
}

/** A port of every node is a port of the internet where one of them is public. */
export const serviceNodePort = serviceCheck({
  id: 'service-node-port',
  severity: 'Low',
  title: 'Service opens a port on every node',
  why: 'Whoever reaches a node reaches the Service, past ingress, load balancer and often the firewall.',
  fix: 'Use type ClusterIP behind an Ingress or Gateway, or an internal load balancer.',
  references: {
    kubescape: ['C-0256'],
    kubeLinter: ['exposed-services'],
    kubeScore: ['service-type'],
    kyverno: ['restrict-nodeport'],
    gatekeeper: ['block-nodeport-services'],
    checklist: ['not-on-the-internet'],
  },
  evaluate: ({ service: { type }, hasPublicNode }) => {
    if (type !== 'NodePort') return PASS;
    const isPublic = hasPublicNode();
    const message = `the type is NodePort${isPublic ? ', and a node has a public address' : ''}`;
    return [finding('spec.type', message, { severity: isPublic ? 'Medium' : 'Low' })];
  },
  example: {
    before: serviceWith('type: NodePort', 'ports: [{port: 80}]'),
    after: serviceWith('type: ClusterIP', 'ports: [{port: 80}]'),
  },
});

/** The addresses stand in the spec and are the author's, so that they may be named. */
export const serviceExternalIps = serviceCheck({
  id: 'service-external-ips',
  severity: 'High',
  title: 'Service claims addresses outside of the cluster',
  why: 'Nodes send traffic for these addresses to its pods, whoever they belong to (CVE-2020-8554), and nobody checks that.',
  fix: 'Use a load balancer or an Ingress, and turn on the admission plugin DenyServiceExternalIPs.',
  references: {
    cis: cis('1.2.3'),
    trivy: ['KSV-0108'],
    kyverno: ['restrict-service-external-ips'],
    gatekeeper: ['externalip'],
    urls: ['https://github.com/kubernetes/kubernetes/issues/97076'],
  },
  evaluate: ({ service: { externalIPs } }) =>
    externalIPs.length === 0
      ? PASS
      : [finding('spec.externalIPs', `externalIPs holds ${externalIPs.toSorted().join(', ')}`)],
  example: {
    before: serviceWith('externalIPs: [198.51.100.7]', 'ports: [{port: 80}]'),
    after: serviceWith('ports: [{port: 80}]'),
  },
});
