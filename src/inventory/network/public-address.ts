import { BlockList, isIP } from 'node:net';

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

export type AddressFamily = 'ipv4' | 'ipv6' | 'unknown';

export function familyOf(address: string): AddressFamily {
  const family = isIP(address);
  if (family === 4) return 'ipv4';
  return family === 6 ? 'ipv6' : 'unknown';
}

/** Whether the internet routes an address; undefined for what is none. */
export function isPublicAddress(address: string): boolean | undefined {
  const family = familyOf(address);
  return family === 'unknown' ? undefined : !notRouted.check(address, family);
}

/**
 * Whether an address of a Node is public. Some platforms (vSphere) repeat the private address as ExternalIP, so that the
 * address decides for both types. What cannot be read as an address is taken for public only where the type says so.
 */
export function isPublicNodeAddress({ type, address }: { readonly type: string; readonly address: string }): boolean {
  if (type !== 'ExternalIP' && type !== 'InternalIP') return false;
  return isPublicAddress(address) ?? type === 'ExternalIP';
}
