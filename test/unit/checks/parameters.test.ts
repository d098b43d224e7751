import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PRIVILEGED_NAMESPACES } from '../../../src/checks/namespaces/privileged.ts';
import { SYSTEM_NAMESPACES } from '../../../src/checks/namespaces/system.ts';
import { soundsLikeCredential } from '../../../src/checks/secrets/credential-names.ts';
import { told, UNTOLD } from '../../support/parameters.ts';

describe('Parameters', () => {
  it('say nothing by default that the tables do not say', () => {
    const name = fc.oneof(fc.constantFrom(...SYSTEM_NAMESPACES, ...PRIVILEGED_NAMESPACES, 'DB_PASSWORD'), fc.string());
    fc.assert(
      fc.property(name, (each) => {
        assert.equal(UNTOLD.isSystemNamespace(each), SYSTEM_NAMESPACES.has(each));
        assert.equal(UNTOLD.isPrivilegedNamespace(each), PRIVILEGED_NAMESPACES.has(each));
        assert.equal(UNTOLD.isCredentialName(each), soundsLikeCredential(each));
      }),
    );
  });

  it('take nothing from the tables of namespaces', () => {
    const { isSystemNamespace, isPrivilegedNamespace } = told({ systemNamespaces: ['a'], privilegedNamespaces: ['b'] });
    assert.deepEqual(['a', 'b', 'kube-system'].filter(isSystemNamespace), ['a', 'kube-system']);
    assert.deepEqual(['a', 'b', 'argocd'].filter(isPrivilegedNamespace), ['b', 'argocd']);
  });

  it('compare names of variables whatever their case, and namespaces as they are', () => {
    const { isCredentialName, isSystemNamespace } = told({
      credentialNames: ['Door-?in'],
      notCredentialNames: ['db_PASSWORD'],
      systemNamespaces: ['gke-*'],
    });
    assert.deepEqual(['DOOR-PIN', 'door-pin', 'DB_PASSWORD', 'DB_PASSWORD2'].filter(isCredentialName), [
      'DOOR-PIN',
      'door-pin',
      'DB_PASSWORD2',
    ]);
    assert.equal(isSystemNamespace('GKE-web'), false);
  });
});
