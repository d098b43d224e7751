import assert from 'node:assert/strict';
import type { LoadBalancerFacts } from '../../../../src/inventory/facts/service.ts';
import { serviceProjection } from '../../../../src/inventory/projections/services.ts';
import { raw, type Json } from '../../../support/objects.ts';

const ref = { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web', uid: 'uid' };

interface Parts {
  readonly spec?: Json;
  readonly annotations?: Json;
  readonly ingress?: readonly Json[];
}

function loadBalancer({ spec = {}, annotations = {}, ingress = [] }: Parts): LoadBalancerFacts | undefined {
  const object = {
    metadata: { annotations },
    spec: { type: 'LoadBalancer', ...spec },
    status: { loadBalancer: { ingress } },
  };
  return serviceProjection.project(raw(object), ref).loadBalancer;
}

const isInternal = (annotations: Json, spec: Json = {}): boolean | undefined =>
  loadBalancer({ annotations, spec })?.isInternal;
const publicAddresses = (...ingress: readonly Json[]): readonly string[] | undefined =>
  loadBalancer({ ingress })?.publicAddresses;
const isLimited = (spec: Json, annotations: Json = {}): boolean | undefined =>
  loadBalancer({ spec, annotations })?.isLimited;

describe('the facts of a Service', () => {
  it('know of a load balancer only where there is one', () => {
    const facts = serviceProjection.project(raw({ spec: { externalIPs: ['b', 'a', 'b'] } }), ref);
    assert.deepEqual(facts, { ref, type: 'ClusterIP', externalIPs: ['a', 'b'], loadBalancer: undefined });
  });

  it('know the annotations of clouds for an internal one, in any case', () => {
    const internal: readonly Json[] = [
      { 'service.beta.kubernetes.io/aws-load-balancer-internal': '0.0.0.0/0' },
      { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' },
      { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
      { 'networking.gke.io/load-balancer-type': 'Internal' },
      { 'cloud.google.com/load-balancer-type': 'internal' },
      { 'service.kubernetes.io/qcloud-loadbalancer-internal-subnetid': 'subnet-1' },
    ];
    for (const annotations of internal) assert.equal(isInternal(annotations), true, JSON.stringify(annotations));
    const external: readonly Json[] = [
      {},
      { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'false' },
      { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' },
      { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'false' },
      { 'example.com/internal': 'true' },
    ];
    for (const annotations of external) assert.equal(isInternal(annotations), false, JSON.stringify(annotations));
  });

  it('know classes that are internal unless they are told otherwise', () => {
    assert.equal(isInternal({}, { loadBalancerClass: 'service.k8s.aws/nlb' }), true);
    const facing = { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing' };
    assert.equal(isInternal(facing, { loadBalancerClass: 'service.k8s.aws/nlb' }), false);
    assert.equal(isInternal({}, { loadBalancerClass: 'tailscale' }), true);
    assert.equal(isInternal({}, { loadBalancerClass: 'metallb.io/metallb' }), false);
  });

  it('take a private address that is asked for, for an internal one', () => {
    assert.equal(isInternal({}, { loadBalancerIP: '10.0.0.7' }), true);
    assert.equal(isInternal({}, { loadBalancerIP: '8.8.8.8' }), false);
  });

  it('say of what sort its public addresses are, not which they are', () => {
    assert.deepEqual(publicAddresses({ ip: '8.8.8.8' }, { ip: '2600::1' }, { ip: '9.9.9.9' }), [
      'IPv4 address',
      'IPv6 address',
    ]);
    assert.deepEqual(publicAddresses({ ip: '10.0.0.1' }, { ip: '100.64.1.1' }, { ip: 'fd00::1' }), []);
    assert.deepEqual(publicAddresses({ hostname: 'a1b2.elb.amazonaws.com' }), ['host name']);
    assert.deepEqual(publicAddresses({ hostname: 'internal-a1b2.elb.amazonaws.com' }), []);
  });

  it('take source ranges for a limit, unless everybody is among them', () => {
    const annotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';
    assert.equal(isLimited({ loadBalancerSourceRanges: ['192.0.2.0/24'] }), true);
    assert.equal(isLimited({}, { [annotation]: '192.0.2.0/24, 198.51.100.0/24' }), true);
    assert.equal(isLimited({ loadBalancerSourceRanges: ['192.0.2.0/24', '0.0.0.0/0'] }), false);
    assert.equal(isLimited({ loadBalancerSourceRanges: ['::/0'] }), false);
    assert.equal(isLimited({ loadBalancerSourceRanges: [] }, { [annotation]: '' }), false);
    assert.equal(
      isLimited({ loadBalancerSourceRanges: ['0.0.0.0/0'] }, { [annotation]: '192.0.2.0/24' }),
      false,
      'the field wins',
    );
  });

  it('are refused where the object is malformed', () => {
    for (const spec of [
      'x',
      { type: 1 },
      { externalIPs: '1.2.3.4' },
      { type: 'LoadBalancer', loadBalancerSourceRanges: {} },
    ])
      assert.throws(() => serviceProjection.project(raw({ spec }), ref), { code: 'Malformed' });
  });
});
