import { isDeepStrictEqual } from 'node:util';
import type { RawObject } from '../../kube/raw-object.ts';
import type { LoadBalancerFacts, PublicAddress, ServiceFacts } from '../facts/service.ts';
import { asksForInternal } from '../network/internal-load-balancer.ts';
import { listOf, objectOf, stringMapOf, textOf, textsOf, type JsonObject } from '../json-shape.ts';
import { familyOf, isPublicAddress } from '../network/public-address.ts';
import type { Projection } from '../store.ts';

const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
/** `0.0.0.0/0` and `::/0`, however they are written. */
const EVERYBODY = /\/0+$/;

const distinct = <T extends string>(texts: readonly T[]): readonly T[] => [...new Set(texts)].sort();

/** A load balancer that is known by name only is taken for public; some of AWS say in their name that they are not. */
function publicAddressOf(value: unknown, path: string): readonly PublicAddress[] {
  const { ip, hostname } = objectOf(value, path);
  const address = textOf(ip, `${path}.ip`);
  const name = textOf(hostname, `${path}.hostname`);
  if (address !== undefined && isPublicAddress(address) !== undefined) {
    if (isPublicAddress(address) === false) return [];
    return [familyOf(address) === 'ipv4' ? 'IPv4 address' : 'IPv6 address'];
  }
  return name === undefined || name.startsWith('internal-') ? [] : ['host name'];
}

function isLimited(spec: JsonObject, annotations: Readonly<Record<string, string>>): boolean {
  const ranges = textsOf(spec['loadBalancerSourceRanges'], 'spec.loadBalancerSourceRanges');
  const all = ranges.length > 0 ? ranges : (annotations[SOURCE_RANGES] ?? '').split(',').map((each) => each.trim());
  const given = all.filter((range) => range !== '');
  return given.length > 0 && !given.some((range) => EVERYBODY.test(range));
}

function loadBalancerOf(object: RawObject, spec: JsonObject): LoadBalancerFacts {
  const annotations = stringMapOf(object.parse('metadata.annotations'), 'metadata.annotations');
  const path = 'status.loadBalancer.ingress';
  const addresses = listOf(object.parse(path), path, publicAddressOf);
  const asked = textOf(spec['loadBalancerIP'], 'spec.loadBalancerIP');
  return {
    isInternal:
      asksForInternal(annotations, textOf(spec['loadBalancerClass'], 'spec.loadBalancerClass')) ||
      (asked !== undefined && isPublicAddress(asked) === false),
    isLimited: isLimited(spec, annotations),
    isAssigned: addresses.length > 0,
    publicAddresses: distinct(addresses.flat()),
  };
}

/** Services: of the load balancer's address only what sort it is of, so that a new one in its place is no news. */
export const serviceProjection: Projection<ServiceFacts> = {
  apiVersion: 'v1',
  kind: 'Service',
  relevant: ['metadata.annotations', 'spec', 'status.loadBalancer'],
  project: (object, ref) => {
    const spec = objectOf(object.parse('spec'), 'spec');
    const type = textOf(spec['type'], 'spec.type') ?? 'ClusterIP';
    return {
      ref,
      type,
      externalIPs: distinct(textsOf(spec['externalIPs'], 'spec.externalIPs')),
      loadBalancer: type === 'LoadBalancer' ? loadBalancerOf(object, spec) : undefined,
    };
  },
  equal: isDeepStrictEqual,
};
