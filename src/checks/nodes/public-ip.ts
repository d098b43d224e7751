import { finding, nodeCheck, verdict } from '../check.ts';
import type { Violation } from '../check.ts';
import type { NodeFacts } from '../../inventory/facts/node.ts';
import { familyOf, isPublicNodeAddress } from '../../inventory/network/public-address.ts';

type Address = NodeFacts['addresses'][number];

const nodeAt = (type: string, address: string): string => `apiVersion: v1
kind: Node
metadata:
  name: node-a
status:
  addresses:
    - type: ${type}
      address: ${address}`;

/** A node on the internet shows its kubelet, its NodePorts and its SSH to everybody, whatever a firewall is meant to do. */
export const nodePublicIp = nodeCheck({
  id: 'node-public-ip',
  severity: 'High',
  title: 'Node has a public IP address',
  why: 'Its kubelet, NodePorts and host ports are one firewall mistake away from everybody.',
  fix: 'Put nodes into private networks, behind load balancers and a NAT gateway.',
  references: {
    nsa: ['Worker node'],
    kubescape: ['C-0229', 'C-0248'],
    checklist: ['not-on-the-internet'],
  },
  example: { before: nodeAt('ExternalIP', '8.8.4.4'), after: nodeAt('InternalIP', '10.0.0.4') },
  evaluate: ({ node }) => {
    const exposed = Map.groupBy(
      node.addresses.filter(isPublicNodeAddress),
      ({ type, address }) => `${type}/${familyOf(address)}`,
    );
    return verdict([...exposed].map(([key, addresses]) => violation(key, addresses)));
  },
});

/** One for each type and family, so that a new address in place of the old one is no news. */
function violation(key: string, exposed: readonly Address[]): Violation {
  const addresses = [...new Set(exposed.map(({ type, address }) => `${type} ${address}`))].sort();
  const message = `${addresses.join(', ')}: reachable from the internet unless a firewall is in between`;
  return finding('status.addresses', message, { key });
}
