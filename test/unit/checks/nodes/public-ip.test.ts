import { PASS } from '../../../../src/checks/check.ts';
import type { NodeInput } from '../../../../src/checks/check.ts';
import { nodePublicIp } from '../../../../src/checks/nodes/public-ip.ts';
import { fails, verdicts } from '../verdicts.ts';
import { node } from './facts.ts';

const internal = (...addresses: readonly string[]): NodeInput =>
  node({ addresses: addresses.map((address) => ({ type: 'InternalIP', address })) });
const external = (...addresses: readonly string[]): NodeInput =>
  node({ addresses: addresses.map((address) => ({ type: 'ExternalIP', address })) });

const NOT_PUBLIC = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '169.254.1.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.19.0.1',
  '::1',
  'fc00::1',
  'fdff::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  '::ffff:10.0.0.1',
];

const PUBLIC = [
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '2a00:1450::1',
  '::ffff:8.8.8.8',
];

verdicts(nodePublicIp, [
  ['a node without addresses', node({}), PASS],
  ['a host name', node({ addresses: [{ type: 'Hostname', address: '8.8.8.8' }] }), PASS],
  ['an InternalIP that is no address', internal('node-a'), PASS],
  ['an ExternalIP that repeats the private address, as on vSphere', external('10.0.0.1'), PASS],
  ...NOT_PUBLIC.map((address) => [address, internal(address), PASS] as const),
  ...PUBLIC.map((address) => [address, internal(address), fails({ path: 'status.addresses' })] as const),
  ['an ExternalIP', external('203.0.113.7'), fails({ key: 'ExternalIP/ipv4' })],
  ['an ExternalIP that is a name', external('node-a.example'), fails({ key: 'ExternalIP/unknown' })],
  [
    'both families and types, each once',
    node({
      addresses: [
        { type: 'InternalIP', address: '8.8.8.8' },
        { type: 'ExternalIP', address: '2a00::2' },
        { type: 'ExternalIP', address: '2a00::1' },
      ],
    }),
    fails(
      { key: 'InternalIP/ipv4' },
      {
        key: 'ExternalIP/ipv6',
        message: 'ExternalIP 2a00::1, ExternalIP 2a00::2: reachable from the internet unless a firewall is in between',
      },
    ),
  ],
]);
