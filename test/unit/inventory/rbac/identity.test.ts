import assert from 'node:assert/strict';
import type { RbacSubject } from '../../../../src/inventory/facts/rbac.ts';
import { identityOfAccount, principalOf, principalsOf, reachOf } from '../../../../src/inventory/rbac/identity.ts';
import { account, group, user } from './facts.ts';

const RUNNER = { namespace: 'ci', name: 'runner' };

const REACHES: readonly (readonly [string, RbacSubject, ReturnType<typeof reachOf>])[] = [
  ['a ServiceAccount', account('ci', 'runner'), RUNNER],
  ['a ServiceAccount as a user', user('system:serviceaccount:ci:runner'), RUNNER],
  ['those of a namespace', group('system:serviceaccounts:ci'), { namespace: 'ci' }],
  ['all of them', group('system:serviceaccounts'), {}],
  ['everybody who is authenticated', group('system:authenticated'), {}],
  ['everybody who is not', group('system:unauthenticated'), undefined],
  ['a person', user('ann'), undefined],
  ['a person who is called like a group', user('system:serviceaccounts'), undefined],
  ['a group of people', group('admins'), undefined],
  ['a group that is called like a ServiceAccount', group('system:serviceaccount:ci:runner'), undefined],
  ['a user whose name has a colon too many', user('system:serviceaccount:ci:runner:x'), undefined],
  ['a user whose name lacks a part', user('system:serviceaccount:ci:'), undefined],
  ['a ServiceAccount without a namespace', { kind: 'ServiceAccount', name: 'runner' }, undefined],
];

describe('a subject of a binding', () => {
  for (const [name, subject, expected] of REACHES) {
    it(`${expected === undefined ? 'means no ServiceAccount' : 'means ServiceAccounts'} if it is ${name}`, () =>
      assert.deepEqual(reachOf(subject), expected));

    it(`means ci/runner for the authorizer just if it reaches it: ${name}`, () => {
      const principal = principalOf(subject);
      const isMatched = principal !== undefined && principalsOf(identityOfAccount('ci', 'runner')).includes(principal);
      assert.equal(isMatched, expected !== undefined);
    });
  }
});
