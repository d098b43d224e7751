import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Ask } from '../../../../src/checks/rbac/asks.ts';
import { COMBINATIONS } from '../../../../src/checks/rbac/combinations.ts';
import { powerAt, worstFirst, type HeldRule, type PowerHeld } from '../../../../src/checks/rbac/evidence.ts';
import type { Power } from '../../../../src/checks/rbac/power.ts';
import { POWERS } from '../../../../src/checks/rbac/powers.ts';
import { reachInto, WHOLE_CLUSTER, type Reach } from '../../../../src/checks/rbac/reach.ts';
import { canonicalRule } from '../../../../src/checks/rbac/rules.ts';
import type { PolicyRule } from '../../../../src/inventory/facts/rbac.ts';
import { ruleAllows } from '../../../../src/inventory/rbac/authorizer.ts';
import { UNTOLD } from '../../../support/parameters.ts';

const ALL: readonly Power[] = [...POWERS, ...COMBINATIONS];

const some = (values: readonly string[], ...odd: readonly string[]): fc.Arbitrary<string[]> =>
  fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, fc.constantFrom('*', ...odd)), {
    maxLength: 4,
  });

/** Rules about what is asked for, mostly. */
const ruleAbout = (asks: readonly Ask[]): fc.Arbitrary<PolicyRule> =>
  fc.record({
    apiGroups: some(asks.map(({ group }) => group)),
    resources: some(
      asks.map(({ resource, subresource }) => (subresource === '' ? resource : `${resource}/${subresource}`)),
      '*/exec',
      'pods/*',
    ),
    verbs: some(
      asks.map(({ verb }) => verb),
      'list',
    ),
    resourceNames: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: some(['a', 'cluster-admin', 'aws-auth', '']) },
    ),
    nonResourceURLs: fc.constant([]),
  });

const place: fc.Arbitrary<Reach> = fc.constantFrom(
  WHOLE_CLUSTER,
  reachInto('shop', UNTOLD),
  reachInto('kube-system', UNTOLD),
);

const heldRuleAbout = (asks: readonly Ask[]): fc.Arbitrary<HeldRule> =>
  fc.record({
    granted: fc.record({
      rule: ruleAbout(asks),
      role: fc.record({ kind: fc.constant('ClusterRole' as const), name: fc.constantFrom('a', 'b') }),
    }),
    reach: fc.oneof({ weight: 2, arbitrary: fc.constant(WHOLE_CLUSTER) }, place),
    via: fc.constantFrom('x', 'y'),
  });

interface Drawn {
  readonly power: Power;
  readonly rules: readonly HeldRule[];
  readonly more: HeldRule;
  readonly at: Reach;
}

/** A power, rules about it, one more, and a place. */
const drawn: fc.Arbitrary<Drawn> = fc.constantFrom(...ALL).chain((power) =>
  fc.record({
    power: fc.constant(power),
    rules: fc.array(heldRuleAbout(power.needs.flat()), { maxLength: 6 }),
    more: heldRuleAbout(power.needs.flat()),
    at: place,
  }),
);

/** Names that a request may carry: those of a rule, or none. */
const namesToTry = ({ resourceNames }: PolicyRule): readonly string[] => ['', 'any other', ...resourceNames];

/** Whether the authorizer would allow any request that is asked for, at the place. */
function isMet(asks: readonly Ask[], rules: readonly HeldRule[], at: Reach): boolean {
  return rules.some(({ granted: { rule }, reach }) => {
    if (reach.namespace !== undefined && reach.namespace !== at.namespace) return false;
    return asks.some((ask) => {
      if (ask.isClusterScoped && reach.namespace !== undefined) return false;
      if (ask.name !== '') return ruleAllows(rule, ask);
      const isMany = /^(.*:)?deletecollection$/.test(ask.verb);
      const isCreation = /^(.*:)?create$/.test(ask.verb) && ask.subresource === '';
      return (isMany || isCreation ? [''] : namesToTry(rule)).some((name) => ruleAllows(rule, { ...ask, name }));
    });
  });
}

/** What a report shows of a power. */
const shown = (held: PowerHeld | undefined): unknown =>
  held && [
    held.severity,
    ...held.evidence.map(({ names, held: { granted, via } }) => [
      ...names,
      canonicalRule(granted.rule),
      granted.role.name,
      via,
    ]),
  ];

describe('Every power', () => {
  it('has a name of its own, and implies only powers that there are', () => {
    const ids = ALL.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, implies = [] } of ALL) {
      assert.ok(implies === 'everything' || implies.every((each) => ids.includes(each) && each !== id), id);
    }
  });

  it('is held if and only if the authorizer allows all that it needs', () => {
    let times = 0;
    fc.assert(
      fc.property(drawn, ({ power, rules, at }) => {
        const met = power.needs.every((asks) => isMet(asks, rules, at));
        const held = powerAt({ ...power, severity: LOUD, otherNames: 'Low' }, rules, at);
        assert.equal(held !== undefined, met);
        times += Number(met);
        for (const [index, { held: each }] of (held?.evidence ?? []).entries()) {
          assert.ok(isMet(power.needs[index] ?? [], [each], at), 'each rule that is shown meets its need');
        }
      }),
      { numRuns: 2000 },
    );
    assert.ok(times > 500, `only ${times} of the drawn rules gave a power`);
  });

  it('is never lost or lessened by one more rule', () => {
    fc.assert(
      fc.property(drawn, ({ power, rules, more, at }) => {
        const before = powerAt(power, rules, at);
        if (before === undefined) return;
        const after = powerAt(power, [...rules, more], at);
        assert.ok(after !== undefined && worstFirst(after.severity, before.severity) <= 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('is held by the same rules whatever their order', () => {
    fc.assert(
      fc.property(drawn, fc.nat(6), ({ power, rules, at }, cut) => {
        const turned = [...rules.slice(cut), ...rules.slice(0, cut)].toReversed();
        assert.deepEqual(shown(powerAt(power, turned, at)), shown(powerAt(power, rules, at)));
      }),
    );
  });
});

const LOUD: Power['severity'] = { cluster: 'High', privileged: 'High', namespace: 'High' };
