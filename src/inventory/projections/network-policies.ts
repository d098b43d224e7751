import { isDeepStrictEqual } from 'node:util';
import type {
  Direction,
  NetworkPolicyFacts,
  OpenRule,
  OtherPolicyFacts,
  OtherPolicyKind,
  PolicyDirection,
} from '../facts/network-policy.ts';
import { listOf, objectOf, textOf, textsOf, type JsonObject } from '../json-shape.ts';
import { labelSelectorOf } from './label-selector.ts';
import type { Projection } from '../store.ts';

const PEERS = { ingress: 'from', egress: 'to' } as const;
const TYPES = { ingress: 'Ingress', egress: 'Egress' } as const;
const LAST_PORT = 65_535;

/** A port, by number or name; undefined for all. */
function portOf(value: unknown, path: string): string | number | undefined {
  if (typeof value === 'number') return value;
  return textOf(value, path);
}

/** `TCP/443`, `UDP/53-60`; empty if it is no limit, as every port of a protocol is. */
function portTextOf(value: unknown, path: string): string {
  const item = objectOf(value, path);
  const port = portOf(item['port'], `${path}.port`);
  if (port === undefined) return '';
  const last = portOf(item['endPort'], `${path}.endPort`);
  if (Number(port) <= 1 && last === LAST_PORT) return '';
  return `${textOf(item['protocol'], `${path}.protocol`) ?? 'TCP'}/${port}${last === undefined ? '' : `-${last}`}`;
}

/** Ports that a rule is limited to, in one order; empty for all. */
function portsOf(rule: JsonObject, path: string): string {
  const ports = listOf(rule['ports'], `${path}.ports`, portTextOf);
  return ports.includes('') ? '' : [...new Set(ports)].sort().join(', ');
}

/** The family whose every address a peer is; undefined for all other peers. */
function everybodyOf(value: unknown, path: string): 'IPv4' | 'IPv6' | undefined {
  const block = objectOf(objectOf(value, path)['ipBlock'], `${path}.ipBlock`);
  const cidr = textOf(block['cidr'], `${path}.ipBlock.cidr`) ?? '';
  if (!/\/0+$/.test(cidr) || textsOf(block['except'], `${path}.ipBlock.except`).length > 0) return undefined;
  return cidr.includes(':') ? 'IPv6' : 'IPv4';
}

/** Whom a rule lets through without naming anybody; undefined if it names somebody. */
function opennessOf(rule: JsonObject, direction: Direction, path: string): OpenRule['family'] | undefined {
  const field = PEERS[direction];
  const peers = listOf(rule[field], `${path}.${field}`, everybodyOf);
  if (peers.length === 0) return 'any';
  const [family, ...others] = [...new Set(peers)].filter((each) => each !== undefined);
  return others.length > 0 ? 'any' : family;
}

function openRulesOf(spec: JsonObject, direction: Direction): readonly OpenRule[] {
  const rules = listOf(spec[direction], `spec.${direction}`, (value, path) => {
    const rule = objectOf(value, path);
    const family = opennessOf(rule, direction, path);
    return family === undefined ? undefined : { family, ports: portsOf(rule, path) };
  });
  const byText = new Map(rules.flatMap((rule) => (rule === undefined ? [] : [[`${rule.family} ${rule.ports}`, rule]])));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
}

/** Without `policyTypes` a policy is always about ingress, and about egress if it has rules for it. */
function governs(spec: JsonObject, direction: Direction): boolean {
  const types = textsOf(spec['policyTypes'], 'spec.policyTypes');
  if (types.length > 0) return types.includes(TYPES[direction]);
  return direction === 'ingress' || listOf(spec['egress'], 'spec.egress', objectOf).length > 0;
}

function directionOf(spec: JsonObject, direction: Direction): PolicyDirection | undefined {
  const open = openRulesOf(spec, direction);
  return governs(spec, direction) ? { open } : undefined;
}

export const networkPolicyProjection: Projection<NetworkPolicyFacts> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  relevant: ['spec'],
  project: (object, ref) => {
    const spec = objectOf(object.parse('spec'), 'spec');
    return {
      ref,
      podSelector: labelSelectorOf(spec['podSelector'], 'spec.podSelector'),
      ingress: directionOf(spec, 'ingress'),
      egress: directionOf(spec, 'egress'),
    };
  },
  equal: isDeepStrictEqual,
};

/** Policies of other projects: that there is one is all that is kept. */
export function otherPolicyProjection(kind: OtherPolicyKind): Projection<OtherPolicyFacts> {
  return {
    // They are never subjects, so that no reference to one is ever written.
    apiVersion: '',
    kind,
    relevant: [],
    project: (_object, { namespace = '' }) => ({ namespace }),
    equal: () => true,
  };
}
