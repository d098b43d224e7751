import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Direction, OpenRule } from '../../../../src/inventory/facts/network-policy.ts';
import { networkPolicyProjection } from '../../../../src/inventory/projections/network-policies.ts';
import { raw, type Json } from '../../../support/objects.ts';
import { policy } from '../../checks/inputs.ts';

const directions = (spec: Json): readonly Direction[] => {
  const { ingress, egress } = policy(spec);
  return [
    ...(ingress === undefined ? [] : (['ingress'] as const)),
    ...(egress === undefined ? [] : (['egress'] as const)),
  ];
};
const open = (...ingress: readonly Json[]): readonly OpenRule[] | undefined => policy({ ingress }).ingress?.open;
const block = (cidr: string, ...except: readonly string[]): Json => ({
  ipBlock: { cidr, ...(except.length > 0 && { except }) },
});

describe('the facts of a NetworkPolicy', () => {
  it('are about ingress, and about egress if it has rules for it, where it does not say', () => {
    assert.deepEqual(directions({ podSelector: {} }), ['ingress']);
    assert.deepEqual(directions({ egress: [] }), ['ingress']);
    assert.deepEqual(directions({ egress: [{}] }), ['ingress', 'egress']);
    assert.deepEqual(directions({ policyTypes: [], egress: [{}] }), ['ingress', 'egress']);
  });

  it('are about what it says they are, whatever rules it has', () => {
    assert.deepEqual(directions({ policyTypes: ['Egress'], ingress: [{}] }), ['egress']);
    assert.deepEqual(directions({ policyTypes: ['Ingress'], egress: [{}] }), ['ingress']);
    assert.deepEqual(directions({ policyTypes: ['Ingress', 'Egress'] }), ['ingress', 'egress']);
  });

  it('select everything where it has no spec at all', () => {
    const facts = networkPolicyProjection.project(raw({}), { apiVersion: '', kind: '', name: '', uid: '' });
    assert.deepEqual(facts.podSelector, []);
    assert.deepEqual(facts.ingress, { open: [] });
  });

  it('know a rule that names nobody', () => {
    const everybody = [{ family: 'any', ports: '' }];
    assert.deepEqual(open({}), everybody);
    assert.deepEqual(open({ from: [] }), everybody);
    assert.deepEqual(open({ from: [{ podSelector: {} }] }), []);
    assert.deepEqual(open(), []);
  });

  it('know a block of all addresses, without exceptions', () => {
    assert.deepEqual(open({ from: [block('0.0.0.0/0')] }), [{ family: 'IPv4', ports: '' }]);
    assert.deepEqual(open({ from: [block('::/0')] }), [{ family: 'IPv6', ports: '' }]);
    assert.deepEqual(open({ from: [block('10.1.2.3/0')] }), [{ family: 'IPv4', ports: '' }]);
    assert.deepEqual(open({ from: [block('::/0'), block('0.0.0.0/0')] }), [{ family: 'any', ports: '' }]);
    assert.deepEqual(open({ from: [{ podSelector: {} }, block('0.0.0.0/0')] }), [{ family: 'IPv4', ports: '' }]);
    assert.deepEqual(open({ from: [block('0.0.0.0/0', '10.0.0.0/8')] }), []);
    assert.deepEqual(open({ from: [block('10.0.0.0/10')] }), []);
  });

  it('know what ports a rule is limited to, in one order', () => {
    const [rule] = open({ ports: [{ port: 443 }, { port: 53, protocol: 'UDP', endPort: 60 }, { port: 'web' }] }) ?? [];
    assert.equal(rule?.ports, 'TCP/443, TCP/web, UDP/53-60');
  });

  it('know when ports are no limit', () => {
    for (const ports of [[], [{ protocol: 'TCP' }], [{ port: 443 }, {}], [{ port: 1, endPort: 65_535 }]])
      assert.deepEqual(open({ ports }), [{ family: 'any', ports: '' }], JSON.stringify(ports));
  });

  it('are the same whatever the order of rules, peers and ports', () => {
    const rule = fc.record({
      from: fc.subarray([block('0.0.0.0/0'), block('::/0'), { podSelector: {} }]),
      ports: fc.subarray([{ port: 80 }, { port: 443 }, { protocol: 'UDP' }]),
    });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 4 }), (rules) => {
        const turned = rules
          .map(({ from, ports }) => ({ from: from.toReversed(), ports: ports.toReversed() }))
          .toReversed();
        assert.deepEqual(open(...turned), open(...rules));
      }),
    );
  });

  it('answer any JSON with facts, or say that it is malformed', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (spec) => {
        try {
          policy(spec as unknown as Json);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'Malformed');
        }
      }),
    );
  });
});
