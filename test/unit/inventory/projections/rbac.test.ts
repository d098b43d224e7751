import assert from 'node:assert/strict';
import type { ObjectRef } from '../../../../src/inventory/facts/object-ref.ts';
import {
  bindingProjection,
  clusterRoleProjection,
  roleProjection,
} from '../../../../src/inventory/projections/rbac.ts';
import { raw, type Json } from '../../../support/objects.ts';

const REF: ObjectRef = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'any',
  namespace: 'shop',
  name: 'r',
  uid: 'u',
};
const { namespace: _, ...CLUSTER_REF } = REF;

const roleOf = (object: Json): unknown => roleProjection.project(raw(object), REF).rules;
const clusterRoleOf = (object: Json): unknown => clusterRoleProjection.project(raw(object), CLUSTER_REF);
const subjectsOf = (subjects: unknown, ref: ObjectRef = REF): unknown =>
  bindingProjection('RoleBinding').project(raw({ roleRef: { kind: 'Role', name: 'r' }, subjects }), ref).subjects;

const EMPTY = { apiGroups: [], resources: [], verbs: [], resourceNames: [], nonResourceURLs: [] };

describe('what is kept of a role', () => {
  it('is its rules, where what is unset or null is empty', () => {
    assert.deepEqual(roleOf({ rules: [{ verbs: ['get'], resources: null }] }), [{ ...EMPTY, verbs: ['get'] }]);
    assert.deepEqual(roleOf({ rules: null }), []);
    assert.deepEqual(roleOf({}), []);
  });

  it('is for a ClusterRole its labels and selectors too', () => {
    const selector = { matchExpressions: [{ key: 'a', operator: 'Exists' }] };
    assert.deepEqual(
      clusterRoleOf({ metadata: { labels: { a: 'b' } }, aggregationRule: { clusterRoleSelectors: [selector] } }),
      {
        ref: CLUSTER_REF,
        rules: [],
        labels: { a: 'b' },
        aggregation: [[{ key: 'a', operator: 'Exists', values: [] }]],
      },
    );
    assert.deepEqual(clusterRoleOf({ aggregationRule: null }), { ref: CLUSTER_REF, rules: [], labels: {} });
  });

  for (const [what, object, message] of [
    ['a rule that is no object', { rules: ['get'] }, /^rules\[0\] is not an object$/],
    ['rules that are no list', { rules: { verbs: ['get'] } }, /^rules is not a list$/],
    ['one verb instead of a list', { rules: [{ verbs: 'get' }] }, /^rules\[0\]\.verbs is not a list$/],
    ['a verb that is no string', { rules: [{ verbs: ['get', 1] }] }, /^rules\[0\]\.verbs\[1\] is not a string$/],
  ] as const) {
    it(`is nothing if it has ${what}`, () => assert.throws(() => roleOf(object), { name: 'TypeError', message }));
  }

  it('is nothing if a selector has an operator that there is not', () => {
    const selector = { matchExpressions: [{ key: 'a', operator: 'Like', values: ['b'] }] };
    assert.throws(() => clusterRoleOf({ aggregationRule: { clusterRoleSelectors: [selector] } }), {
      message: /operator is not one of In, NotIn, Exists, DoesNotExist$/,
    });
  });
});

describe('what is kept of a binding', () => {
  it('is its subjects, of which a ServiceAccount is one of its own namespace if it names none', () => {
    const subjects = [
      { kind: 'ServiceAccount', name: 'a' },
      { kind: 'ServiceAccount', name: 'b', namespace: '' },
      { kind: 'ServiceAccount', name: 'c', namespace: 'ci' },
      { kind: 'User', name: 'ann', namespace: 'ci', apiGroup: 'rbac.authorization.k8s.io' },
    ];
    assert.deepEqual(subjectsOf(subjects), [
      { kind: 'ServiceAccount', name: 'a', namespace: 'shop' },
      { kind: 'ServiceAccount', name: 'b', namespace: 'shop' },
      { kind: 'ServiceAccount', name: 'c', namespace: 'ci' },
      { kind: 'User', name: 'ann' },
    ]);
    assert.deepEqual(subjectsOf([{ kind: 'ServiceAccount', name: 'a' }], CLUSTER_REF), [
      { kind: 'ServiceAccount', name: 'a' },
    ]);
    assert.deepEqual(subjectsOf(null), []);
  });

  it('is nothing if it names what cannot be bound', () => {
    assert.throws(() => subjectsOf([{ kind: 'Pod', name: 'a' }]), { message: /^subjects\[0\]\.kind is not one of/ });
    assert.throws(() => subjectsOf([{ kind: 'User' }]), { message: 'subjects[0].name is not a string' });
    assert.throws(() => bindingProjection('RoleBinding').project(raw({ roleRef: { kind: 'Rule', name: 'r' } }), REF), {
      message: 'roleRef.kind is not one of Role, ClusterRole',
    });
  });
});
