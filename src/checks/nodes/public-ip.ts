import { BlockList, isIP } from 'node:net';
import { finding, nodeCheck, verdict } from '../check.ts';
import type { Violation } from '../check.ts';
import type { NodeFacts } from '../../inventory/facts/node.ts';

/** What the internet does not route (IANA special-purpose registries), but for the ranges that are kept for documentation. */
const NOT_ROUTED: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'], // RFC 1918
  ['100.64.0.0', 10, 'ipv4'], // RFC 6598, carrier-grade NAT; also Tailscale and pods of some clouds
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'], // link-local
  ['172.16.0.0', 12, 'ipv4'], // RFC 1918
  ['192.0.0.0', 24, 'ipv4'], // RFC 6890
  ['192.168.0.0', 16, 'ipv4'], // RFC 1918
  ['198.18.0.0', 15, 'ipv4'], // RFC 2544, benchmarks
  ['224.0.0.0', 4, 'ipv4'], // multicast
  ['240.0.0.0', 4, 'ipv4'], // reserved
  ['::', 127, 'ipv6'], // unspecified and loopback
  ['fc00::', 7, 'ipv6'], // RFC 4193, unique local
  ['fe80::', 10, 'ipv6'], // link-local
  ['fec0::', 10, 'ipv6'], // site-local, deprecated by RFC 3879
  ['ff00::', 8, 'ipv6'], // multicast
];

const notRouted = new BlockList();
for (const [network, prefix, family] of NOT_ROUTED) notRouted.addSubnet(network, prefix, family);

type Address = NodeFacts['addresses'][number];

/** A node on the internet shows its kubelet, its NodePorts and its SSH to everybody, whatever a firewall is meant to do. */
export const nodePublicIp = nodeCheck({
  id: 'node-public-ip',
  severity: 'High',
  title: 'Node has a public IP address',
  why: 'Its kubelet, NodePorts and host ports are one firewall mistake away from everybody.',
  fix: 'Put nodes into private networks, behind load balancers and a NAT gateway.',
  references: { nsa: ['Worker node'], checklist: ['not-on-the-internet'], kubescape: ['C-0229', 'C-0248'] },
  evaluate: ({ node }) => {
    const exposed = Map.groupBy(node.addresses.filter(isPublic), ({ type, address }) => `${type}/${familyOf(address)}`);
    return verdict([...exposed].map(([key, addresses]) => violation(key, addresses)));
  },
});

/** One for each type and family, so that a new address in place of the old one is no news. */
function violation(key: string, exposed: readonly Address[]): Violation {
  const addresses = [...new Set(exposed.map(({ type, address }) => `${type} ${address}`))].sort();
  const message = `${addresses.join(', ')}: reachable from the internet unless a firewall is in between`;
  return finding('status.addresses', message, { key });
}

/**
 * Some platforms (vSphere) repeat the private address as ExternalIP, so that the address decides for both types. What cannot
 * be read as an address is taken for public only where the type says so.
 */
function isPublic({ type, address }: Address): boolean {
  if (type !== 'ExternalIP' && type !== 'InternalIP') return false;
  const family = familyOf(address);
  return family === 'unknown' ? type === 'ExternalIP' : !notRouted.check(address, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | 'unknown' {
  const family = isIP(address);
  if (family === 4) return 'ipv4';
  return family === 6 ? 'ipv6' : 'unknown';
}
