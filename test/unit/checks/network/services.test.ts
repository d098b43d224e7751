import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { ServiceInput } from '../../../../src/checks/check.ts';
import {
  serviceExternalIps,
  serviceNodePort,
  servicePublicLoadBalancer,
} from '../../../../src/checks/network/services.ts';
import type { LoadBalancerFacts, ServiceFacts } from '../../../../src/inventory/facts/service.ts';
import { webRef } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';

const service = (more: Partial<ServiceFacts>, hasPublicNode = false): ServiceInput => ({
  service: { ref: webRef('v1', 'Service'), type: 'ClusterIP', externalIPs: [], loadBalancer: undefined, ...more },
  hasPublicNode: () => hasPublicNode,
});
const balanced = (more: Partial<LoadBalancerFacts>): ServiceInput =>
  service({
    type: 'LoadBalancer',
    loadBalancer: { isInternal: false, isLimited: false, isAssigned: true, publicAddresses: ['IPv4 address'], ...more },
  });

verdicts(servicePublicLoadBalancer, [
  ['an internal load balancer', balanced({ isInternal: true }), PASS],
  ['one that lists who may connect', balanced({ isLimited: true }), PASS],
  ['one that was given a private address', balanced({ publicAddresses: [] }), PASS],
  [
    'an internal one that waits for its address',
    balanced({ isInternal: true, isAssigned: false, publicAddresses: [] }),
    PASS,
  ],
  ['a Service without one', service({}), SKIP],
  ['a public address', balanced({}), fails({ message: 'its load balancer has a public IPv4 address' })],
  [
    'public addresses of both families',
    balanced({ publicAddresses: ['IPv6 address', 'IPv4 address'] }),
    fails({ message: 'its load balancer has a public IPv4 address, a public IPv6 address' }),
  ],
  [
    'one that has no address yet, mildly',
    balanced({ isAssigned: false, publicAddresses: [] }),
    fails({ severity: 'Low' }),
  ],
]);

verdicts(serviceNodePort, [
  ['a Service inside of the cluster', service({}), PASS],
  ['a load balancer, which is judged as one', balanced({}), PASS],
  ['a NodePort', service({ type: 'NodePort' }), fails({ path: 'spec.type', message: 'the type is NodePort' })],
  [
    'a NodePort where a node is public, more severely',
    service({ type: 'NodePort' }, true),
    fails({ severity: 'Medium', message: 'the type is NodePort, and a node has a public address' }),
  ],
]);

verdicts(serviceExternalIps, [
  ['no external addresses', service({}), PASS],
  [
    'external addresses, which are the author’s own',
    service({ externalIPs: ['198.51.100.7', '10.0.0.7'] }),
    fails({ path: 'spec.externalIPs', message: 'externalIPs holds 10.0.0.7, 198.51.100.7' }),
  ],
]);
