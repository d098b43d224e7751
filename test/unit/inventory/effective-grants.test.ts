import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createGrantIndex, reachOf } from '../../../src/inventory/effective-grants.ts';
import type { BindingFacts, RbacSubject } from '../../../src/inventory/facts/rbac.ts';

const binding = (name: string, ...subjects: readonly RbacSubject[]): BindingFacts => ({
  ref: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', name, uid: name },
  roleRef: { kind: 'ClusterRole', name: 'view' },
  subjects,
});

const REACHES: readonly (readonly [string, RbacSubject, ReturnType<typeof reachOf>])[] = [
  [
    'a ServiceAccount',
    { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' },
    { namespace: 'ci', name: 'runner' },
  ],
  [
    'a ServiceAccount as a user',
    { kind: 'User', name: 'system:serviceaccount:ci:runner' },
    { namespace: 'ci', name: 'runner' },
  ],
  ['those of a namespace', { kind: 'Group', name: 'system:serviceaccounts:ci' }, { namespace: 'ci' }],
  ['all of them', { kind: 'Group', name: 'system:serviceaccounts' }, {}],
  ['everybody who is authenticated', { kind: 'Group', name: 'system:authenticated' }, {}],
  ['a person', { kind: 'User', name: 'ann' }, undefined],
  ['a group of people', { kind: 'Group', name: 'admins' }, undefined],
  ['a user whose name has a colon too many', { kind: 'User', name: 'system:serviceaccount:ci:runner:x' }, undefined],
  ['a user whose name lacks a part', { kind: 'User', name: 'system:serviceaccount:ci:' }, undefined],
  [
    'a ServiceAccount without a namespace in a ClusterRoleBinding',
    { kind: 'ServiceAccount', name: 'runner' },
    undefined,
  ],
];

describe('what a subject of a binding reaches', () => {
  for (const [name, subject, expected] of REACHES) {
    it(`${expected === undefined ? 'is no ServiceAccount' : 'is told'} for ${name}`, () =>
      assert.deepEqual(reachOf(subject), expected));
  }
});

describe('the index of grants', () => {
  const subjects = fc.array(fc.constantFrom(...REACHES.map(([, subject]) => subject)), { maxLength: 4 });
  const steps = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.option(subjects, { nil: undefined })), {
    maxLength: 30,
  });

  it('knows after any changes exactly the bindings that are left', () => {
    fc.assert(
      fc.property(steps, (changes) => {
        const index = createGrantIndex();
        const current = new Map<string, BindingFacts>();
        for (const [name, subjectsAfter] of changes) {
          const after = subjectsAfter === undefined ? undefined : binding(name, ...subjectsAfter);
          index.change(current.get(name), after);
          if (after === undefined) current.delete(name);
          else current.set(name, after);
        }
        const expected = [...current.values()].flatMap(({ ref, subjects: all }) =>
          all
            .filter((subject) => {
              const reach = reachOf(subject);
              return reach !== undefined && (reach.namespace ?? 'ci') === 'ci' && (reach.name ?? 'runner') === 'runner';
            })
            .map((subject) => `${ref.name} ${subject.kind} ${subject.name}`),
        );
        const actual = index
          .grantsOf('ci', 'runner')
          .map(({ binding: { ref }, subject }) => `${ref.name} ${subject.kind} ${subject.name}`);
        assert.deepEqual(actual.sort(), expected.sort());
      }),
    );
  });
});
