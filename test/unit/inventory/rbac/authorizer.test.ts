import assert from 'node:assert/strict';
import type { PolicyRule } from '../../../../src/inventory/facts/rbac.ts';
import { ruleAllows, type AccessRequest, type ResourceRequest } from '../../../../src/inventory/rbac/authorizer.ts';

const rule = (more: Partial<PolicyRule>): PolicyRule => ({
  apiGroups: [''],
  resources: [],
  verbs: ['get'],
  resourceNames: [],
  nonResourceURLs: [],
  ...more,
});

const on = (resource: string, more: Partial<ResourceRequest> = {}): ResourceRequest => {
  const [name = '', subresource = ''] = resource.split('/');
  return { verb: 'get', group: '', resource: name, subresource, name: '', ...more };
};

const CASES: readonly (readonly [string, PolicyRule, AccessRequest, boolean])[] = [
  ['a resource by its name', rule({ resources: ['pods'] }), on('pods'), true],
  ['another verb', rule({ resources: ['pods'] }), on('pods', { verb: 'list' }), false],
  ['every verb', rule({ resources: ['pods'], verbs: ['*'] }), on('pods', { verb: 'impersonate' }), true],
  ['a resource of another group', rule({ resources: ['secrets'], apiGroups: ['apps'] }), on('secrets'), false],
  ['every group', rule({ resources: ['secrets'], apiGroups: ['*'] }), on('secrets', { group: 'x' }), true],
  ['a subresource by its resource', rule({ resources: ['pods'] }), on('pods/exec'), false],
  ['a subresource by its name', rule({ resources: ['pods/exec'] }), on('pods/exec'), true],
  ['a subresource of every resource', rule({ resources: ['*/exec'] }), on('pods/exec'), true],
  ['every subresource of a resource, which is not there', rule({ resources: ['pods/*'] }), on('pods/exec'), false],
  ['a resource by a subresource of every resource', rule({ resources: ['*/exec'] }), on('exec'), false],
  ['everything', rule({ resources: ['*'] }), on('pods/exec'), true],
  ['a name', rule({ resources: ['pods'], resourceNames: ['a'] }), on('pods', { name: 'a' }), true],
  ['another name', rule({ resources: ['pods'], resourceNames: ['a'] }), on('pods', { name: 'b' }), false],
  ['a collection by a name', rule({ resources: ['pods'], resourceNames: ['a'] }), on('pods'), false],
  ['any name by an asterisk', rule({ resources: ['pods'], resourceNames: ['*'] }), on('pods', { name: 'a' }), false],
  ['a path', rule({ nonResourceURLs: ['/metrics'] }), { verb: 'get', path: '/metrics' }, true],
  ['a path below', rule({ nonResourceURLs: ['/metrics'] }), { verb: 'get', path: '/metrics/x' }, false],
  ['a path by its beginning', rule({ nonResourceURLs: ['/healthz/*'] }), { verb: 'get', path: '/healthz/etcd' }, true],
  ['a path without the slash', rule({ nonResourceURLs: ['/healthz/*'] }), { verb: 'get', path: '/healthz' }, false],
  ['every path', rule({ nonResourceURLs: ['*'] }), { verb: 'get', path: '/x' }, true],
  ['a path by a resource', rule({ resources: ['*'] }), { verb: 'get', path: '/x' }, false],
];

describe('A rule', () => {
  for (const [what, given, request, allowed] of CASES) {
    it(`${allowed ? 'allows' : 'does not allow'} ${what}`, () => assert.equal(ruleAllows(given, request), allowed));
  }
});
