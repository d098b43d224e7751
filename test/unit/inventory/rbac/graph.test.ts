import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BindingFacts, RbacSubject, RoleFacts } from '../../../../src/inventory/facts/rbac.ts';
import { roleNameOf } from '../../../../src/inventory/facts/rbac.ts';
import { ruleAllows, type AccessRequest } from '../../../../src/inventory/rbac/authorizer.ts';
import { createRbacGraph, type RbacGraph } from '../../../../src/inventory/rbac/graph.ts';
import { identityOfAccount, type Identity } from '../../../../src/inventory/rbac/identity.ts';
import { roleKey } from '../../../../src/inventory/rbac/roles.ts';
import { account, aggregate, clusterBinding, clusterRole, group, role, roleBinding, rule, user } from './facts.ts';

type Facts = RoleFacts | BindingFacts;

function change(graph: RbacGraph, before: Facts | undefined, after: Facts | undefined): void {
  const isBinding = [before, after].some((facts) => facts !== undefined && 'roleRef' in facts);
  if (isBinding) graph.changeBinding({ before: before as BindingFacts, after: after as BindingFacts });
  else graph.changeRole({ before: before as RoleFacts, after: after as RoleFacts });
}

function graphOf(...all: readonly Facts[]): RbacGraph {
  const graph = createRbacGraph();
  for (const each of all) change(graph, undefined, each);
  return graph;
}

const READ_PODS = rule(['get'], ['pods']);
const getPods: AccessRequest = { verb: 'get', group: '', resource: 'pods', subresource: '', name: '' };
const getMetrics: AccessRequest = { verb: 'get', path: '/metrics' };
const ann: Identity = { user: 'ann', groups: ['shop-team', 'system:authenticated'] };
const runner = identityOfAccount('ci', 'runner');

const reader = clusterRole('reader', [
  READ_PODS,
  { ...rule(['get'], [], { nonResourceURLs: ['/metrics'] }), apiGroups: [] },
]);
const toReader = { kind: 'ClusterRole', name: 'reader' } as const;

const toRole = { kind: 'Role', name: 'r' } as const;

describe('a request', () => {
  const bound = (subject: RbacSubject): readonly Facts[] => [reader, clusterBinding('b', 'reader', subject)];
  const inShop = [reader, roleBinding('shop', 'b', toReader, user('ann'))];
  const byRole = roleBinding('shop', 'b', toRole, user('ann'));
  const toRoleOfNowhere: BindingFacts = { ...clusterBinding('b', 'r', user('ann')), roleRef: toRole };
  const inAll = [clusterRole('part', [READ_PODS], { labels: { to: 'all' } }), aggregate('all', { to: 'all' })];
  const accountAsUser = user('system:serviceaccount:ci:runner');

  const cases: readonly (readonly [
    what: string,
    facts: readonly Facts[],
    ...asked: Parameters<RbacGraph['allows']>,
    binding: string | undefined,
  ])[] = [
    ['a ClusterRoleBinding of the user', bound(user('ann')), ann, getPods, '', 'b'],
    ['the same in a namespace', bound(user('ann')), ann, getPods, 'shop', 'b'],
    ['the same for a path', bound(user('ann')), ann, getMetrics, '', 'b'],
    ['one of a group of the user', bound(group('shop-team')), ann, getPods, '', 'b'],
    ['one of a group called like the user', bound(group('ann')), ann, getPods, '', undefined],
    ['a RoleBinding in its namespace', inShop, ann, getPods, 'shop', 'b'],
    ['a RoleBinding in another', inShop, ann, getPods, 'ci', undefined],
    ['a RoleBinding in the whole cluster', inShop, ann, getPods, '', undefined],
    ['a RoleBinding for a path', inShop, ann, getMetrics, 'shop', undefined],
    ['a Role', [role('shop', 'r', READ_PODS), byRole], ann, getPods, 'shop', 'b'],
    ['a Role of another namespace', [role('ci', 'r', READ_PODS), byRole], ann, getPods, 'shop', undefined],
    ['a Role in the whole cluster', [role('shop', 'r', READ_PODS), toRoleOfNowhere], ann, getPods, 'shop', undefined],
    ['a role that is not there', bound(user('ann')).slice(1), ann, getPods, '', undefined],
    ['an aggregated role', [...inAll, clusterBinding('b', 'all', user('ann'))], ann, getPods, '', 'b'],
    ['one of the ServiceAccount', bound(account('ci', 'runner')), runner, getPods, '', 'b'],
    ['one of its namesake', bound(account('shop', 'runner')), runner, getPods, '', undefined],
    ['one of the user that it is', bound(accountAsUser), runner, getPods, '', 'b'],
    ['one of its namespace', bound(group('system:serviceaccounts:ci')), runner, getPods, '', 'b'],
  ];
  for (const [what, facts, identity, request, namespace, binding] of cases) {
    it(`is ${binding === undefined ? 'not ' : ''}allowed by ${what}`, () => {
      const path = graphOf(...facts).allows(identity, request, namespace);
      assert.equal(typeof path === 'object' ? path.binding.ref.name : path, binding);
    });
  }

  it('is allowed to a member of system:masters, whatever it is', () => {
    assert.equal(graphOf().allows({ user: 'x', groups: ['system:masters'] }, getPods, ''), 'system:masters');
  });

  it('is allowed on a way that names binding, subject, rule and the role in which it stands', () => {
    const part = clusterRole('part', [READ_PODS], { labels: { to: 'all' } });
    const binding = clusterBinding('b', 'all', user('bob'), group('shop-team'));
    const graph = graphOf(part, { ...aggregate('all', { to: 'all' }), rules: [{ ...READ_PODS }] }, binding);
    assert.deepEqual(graph.allows(ann, getPods, 'shop'), {
      binding,
      subject: group('shop-team'),
      rule: READ_PODS,
      role: { kind: 'ClusterRole', name: 'part' },
    });
  });

  it('is rather allowed in the whole cluster than in one namespace', () => {
    const graph = graphOf(
      reader,
      roleBinding('shop', 'a', toReader, user('ann')),
      clusterBinding('z', 'reader', group('system:authenticated')),
    );
    const path = graph.allows(ann, getPods, 'shop');
    assert.equal(typeof path === 'object' && path.binding.ref.name, 'z');
  });
});

describe('the graph of rights', () => {
  const labels = fc.constantFrom({}, { to: 'x' }, { to: 'y' });
  const rules = fc.subarray([READ_PODS, rule(['*'], ['secrets']), rule(['get'], ['*'], { resourceNames: ['a'] })]);
  const subjects = fc.subarray<RbacSubject>([
    user('ann'),
    user('system:serviceaccount:ci:runner'),
    group('system:authenticated'),
    group('system:serviceaccounts:ci'),
    account('ci', 'runner'),
    { kind: 'ServiceAccount', name: 'runner' },
  ]);
  const name = fc.constantFrom('a', 'b', 'c');
  const namespace = fc.constantFrom('ci', 'shop');
  const roleRef = fc.record({ kind: fc.constantFrom('Role' as const, 'ClusterRole' as const), name });
  const facts: fc.Arbitrary<Facts> = fc.oneof(
    fc.tuple(namespace, name, rules).map(([ns, id, given]) => role(ns, id, ...given)),
    fc.tuple(name, rules, labels).map(([id, given, own]) => clusterRole(id, given, { labels: own })),
    fc.tuple(name, labels).map(([id, selected]) => aggregate(id, selected)),
    fc.tuple(name, roleRef, subjects).map(([id, to, whom]) => ({ ...clusterBinding(id, '', ...whom), roleRef: to })),
    fc.tuple(namespace, name, roleRef, subjects).map(([ns, id, to, whom]) => roleBinding(ns, id, to, ...whom)),
  );
  const step = fc.record({ facts, isRemoval: fc.boolean() });
  const keyOf = ({ ref }: Facts): string => `${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;

  const IDENTITIES = [
    ann,
    runner,
    identityOfAccount('shop', 'runner'),
    { user: 'system:serviceaccount:ci:runner', groups: [] },
  ];
  const REQUESTS: readonly AccessRequest[] = [
    getPods,
    { ...getPods, verb: 'delete', resource: 'secrets' },
    { ...getPods, resource: 'nodes', name: 'a' },
    getMetrics,
  ];
  const NAMESPACES = ['', 'ci', 'shop'];

  /** Plays the steps into a graph, and answers what is there at the end. */
  function play(
    graph: RbacGraph,
    steps: readonly { readonly facts: Facts; readonly isRemoval: boolean }[],
  ): Map<string, Facts> {
    const current = new Map<string, Facts>();
    for (const { facts: next, isRemoval } of steps) {
      const key = keyOf(next);
      change(graph, current.get(key), isRemoval ? undefined : next);
      if (isRemoval) current.delete(key);
      else current.set(key, next);
    }
    return current;
  }

  it('knows after any changes what one knows that saw only the end, in any order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.infiniteStream(fc.nat()), (steps, order) => {
        const graph = createRbacGraph();
        const current = play(graph, steps);
        const shuffled = [...current.values()].map((each) => [order.next().value, each] as const);
        const atOnce = graphOf(...shuffled.sort(([a], [b]) => a - b).map(([, each]) => each));
        assert.deepEqual(graph.grantsOf('ci', 'runner'), atOnce.grantsOf('ci', 'runner'));
        for (const identity of IDENTITIES) {
          for (const request of REQUESTS) {
            for (const ns of NAMESPACES) {
              assert.deepEqual(graph.allows(identity, request, ns), atOnce.allows(identity, request, ns));
            }
          }
        }
      }),
    );
  });

  /** The authorizer read aloud: all bindings one by one (kubernetes, pkg/registry/rbac/validation/rule.go). */
  function isAllowed(
    all: readonly Facts[],
    rulesOf: RbacGraph['rulesOf'],
    ...[identity, request, ns]: Parameters<RbacGraph['allows']>
  ): boolean {
    const matches = ({ kind, name: subject, namespace: home }: RbacSubject): boolean => {
      if (kind === 'User') return identity.user === subject;
      if (kind === 'Group') return identity.groups.includes(subject);
      return home !== undefined && identity.user === `system:serviceaccount:${home}:${subject}`;
    };
    return all.some((binding) => {
      if (!('roleRef' in binding) || !binding.subjects.some(matches)) return false;
      if (binding.ref.kind === 'RoleBinding' && (binding.ref.namespace !== ns || 'path' in request)) return false;
      return rulesOf(roleNameOf(binding))?.some((granted) => ruleAllows(granted.rule, request)) === true;
    });
  }

  it('allows what any binding allows', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const graph = createRbacGraph();
        const all = [...play(graph, steps).values()];
        for (const identity of IDENTITIES) {
          for (const request of REQUESTS) {
            for (const ns of NAMESPACES) {
              const expected = isAllowed(all, graph.rulesOf, identity, request, ns);
              assert.equal(graph.allows(identity, request, ns) !== undefined, expected);
            }
          }
        }
      }),
    );
  });

  it('names for every change of a role the bindings that give something else by it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), step, (steps, { facts: last, isRemoval }) => {
        fc.pre(!('roleRef' in last));
        const graph = createRbacGraph();
        const current = play(graph, steps);
        const bindings = [...current.values()].filter((each): each is BindingFacts => 'roleRef' in each);
        const before = current.get(keyOf(last)) as RoleFacts | undefined;
        const after = isRemoval ? undefined : last;
        const known = bindings.map((binding) => JSON.stringify(graph.rulesOf(roleNameOf(binding))));
        graph.changeRole({ before, after });
        const told = new Set([...graph.bindingsAffectedBy({ before, after })].map(keyOf));
        for (const [index, binding] of bindings.entries()) {
          const isSame = JSON.stringify(graph.rulesOf(roleNameOf(binding))) === known[index];
          assert.ok(isSame || told.has(keyOf(binding)), `${keyOf(binding)} to ${roleKey(roleNameOf(binding))}`);
        }
      }),
    );
  });
});

describe('a role', () => {
  const part = clusterRole('part', [READ_PODS], { labels: { to: 'inner' } });
  const inner: RoleFacts = { ...aggregate('inner', { to: 'inner' }), labels: { to: 'outer' } };
  const outer = aggregate('outer', { to: 'outer' });
  const isBound = (graph: RbacGraph, name: string): boolean => graph.isBound({ kind: 'ClusterRole', name });

  it('is bound by a binding to one that aggregates it, over however many others', () => {
    const graph = graphOf(part, inner, outer);
    assert.ok(!isBound(graph, 'part'));
    change(graph, undefined, clusterBinding('b', 'outer', user('ann')));
    assert.ok(isBound(graph, 'part') && isBound(graph, 'inner') && isBound(graph, 'outer'));
  });

  it('is not bound by a binding to one that it aggregates', () => {
    const graph = graphOf(part, inner, outer, clusterBinding('b', 'part', user('ann')));
    assert.ok(isBound(graph, 'part') && !isBound(graph, 'inner') && !isBound(graph, 'outer'));
  });
});
