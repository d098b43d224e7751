import assert from 'node:assert/strict';
import { apiVersionOf, resourcePath, type PathTarget } from '../../../src/kube/resource.ts';

const PODS = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };
const ROLES = {
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  resource: 'clusterroles',
  kind: 'ClusterRole',
  namespaced: false,
};

describe('resourcePath', () => {
  const cases: readonly (readonly [name: string, resource: typeof PODS, target: PathTarget, path: string])[] = [
    ['a collection of the core group', PODS, {}, '/api/v1/pods'],
    ['a namespace of it', PODS, { namespace: 'shop' }, '/api/v1/namespaces/shop/pods'],
    ['an object', PODS, { namespace: 'shop', name: 'web' }, '/api/v1/namespaces/shop/pods/web'],
    [
      'a subresource',
      PODS,
      { namespace: 'shop', name: 'web', subresource: 'status' },
      '/api/v1/namespaces/shop/pods/web/status',
    ],
    ['a collection of a group', ROLES, {}, '/apis/rbac.authorization.k8s.io/v1/clusterroles'],
    [
      'a name with a colon',
      ROLES,
      { name: 'system:node' },
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode',
    ],
    ['a name with a slash', ROLES, { name: 'a/b?c' }, '/apis/rbac.authorization.k8s.io/v1/clusterroles/a%2Fb%3Fc'],
    [
      'no namespace where there is none',
      ROLES,
      { namespace: 'x', name: 'a' },
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/a',
    ],
  ];
  for (const [name, resource, target, path] of cases) {
    it(`addresses ${name}`, () => assert.equal(resourcePath(resource, target), path));
  }
});

describe('apiVersionOf', () => {
  it('is the version alone in the core group, and group/version in others', () => {
    assert.equal(apiVersionOf(PODS), 'v1');
    assert.equal(apiVersionOf(ROLES), 'rbac.authorization.k8s.io/v1');
  });
});
