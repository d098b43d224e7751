import assert from 'node:assert/strict';
import { PASS } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import {
  defaultServiceAccountUsed,
  serviceAccountTokenAutomounted,
  serviceAccountTokenStale,
} from '../../../../src/checks/service-accounts/workload-tokens.ts';
import type { PodSpecFacts } from '../../../../src/inventory/facts/pod-spec.ts';
import { fails, verdicts } from '../verdicts.ts';
import { specOf, workload } from '../inputs.ts';

type Automount = boolean | undefined;

const spec = (automount: Automount, more: Partial<PodSpecFacts> = {}): PodSpecFacts => ({
  ...specOf(),
  serviceAccountName: 'web',
  automountServiceAccountToken: automount,
  tokenMounts: { injected: false, shadowed: false, explicitVolumes: [] },
  ...more,
});

/** A live pod of the same author, to which the API server gave a token when it was created. */
const withToken = (automount: Automount): PodSpecFacts =>
  spec(automount, { tokenMounts: { injected: true, shadowed: false, explicitVolumes: [] } });
const asDefault = (automount: Automount): PodSpecFacts => spec(automount, { serviceAccountName: 'default' });
const withVolume = (...explicitVolumes: readonly string[]): PodSpecFacts =>
  spec(false, { tokenMounts: { injected: false, shadowed: false, explicitVolumes } });

/** A Deployment whose namespace has the ServiceAccounts web and default, with this setting. */
const deployment = (account: Automount, ...specs: readonly PodSpecFacts[]): WorkloadInput =>
  workload({
    specs,
    serviceAccount: (name) => ({
      ref: { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name, uid: 'uid' },
      automountServiceAccountToken: account,
      cloudIdentities: [],
    }),
  });

/** What a kubelet shows of a pod that it runs from a file. */
const mirrorPod = spec(undefined, { serviceAccountName: 'default', isMirror: true });

const withoutAccount = (...specs: readonly PodSpecFacts[]): WorkloadInput => ({
  ...deployment(undefined, ...specs),
  serviceAccount: () => undefined,
});

const AUTOMOUNTED = fails({ path: 'spec.automountServiceAccountToken' });

verdicts(serviceAccountTokenAutomounted, [
  ['a mirror pod, which never has a token', deployment(undefined, mirrorPod), PASS],
  ['a pod that turns it off', deployment(undefined, spec(false)), PASS],
  [
    'a pod whose containers mount something else in its place',
    deployment(undefined, spec(true, { tokenMounts: { injected: false, shadowed: true, explicitVolumes: [] } })),
    PASS,
  ],
  ['a pod that turns it off against its ServiceAccount', deployment(true, spec(false)), PASS],
  ['a ServiceAccount that turns it off', deployment(false, spec(undefined)), PASS],
  [
    'a live pod with a token of a ServiceAccount that turns it off by now',
    deployment(false, spec(undefined), withToken(undefined)),
    PASS,
  ],
  ['a pod that turns it on against its ServiceAccount', deployment(false, spec(true)), AUTOMOUNTED],
  ['a ServiceAccount that turns it on', deployment(true, spec(undefined)), AUTOMOUNTED],
  ['nobody saying anything', deployment(undefined, spec(undefined)), AUTOMOUNTED],
  ['a ServiceAccount that does not exist', withoutAccount(spec(undefined)), AUTOMOUNTED],
  [
    'a template and its live pods once',
    deployment(undefined, spec(undefined), withToken(undefined), asDefault(undefined)),
    fails({ message: 'the token of ServiceAccount default, web is mounted, as nothing turns that off' }),
  ],
  [
    'volumes by which the author mounts a token, each once',
    deployment(undefined, withVolume('vault', 'aws'), withVolume('vault')),
    fails({ key: 'volume/aws', path: 'spec.volumes[aws]' }, { key: 'volume/vault' }),
  ],
]);

verdicts(serviceAccountTokenStale, [
  ['a live pod with a token that is still on', deployment(undefined, spec(undefined), withToken(undefined)), PASS],
  ['a live pod without a token', deployment(false, spec(undefined), spec(undefined)), PASS],
  [
    'a live pod that got its token before',
    deployment(false, spec(undefined), withToken(undefined)),
    fails('spec.volumes'),
  ],
]);

verdicts(defaultServiceAccountUsed, [
  ['a mirror pod, which has no ServiceAccount', deployment(undefined, mirrorPod), PASS],
  ['an account of its own', deployment(undefined, spec(undefined)), PASS],
  ['default with its token', deployment(undefined, asDefault(undefined)), fails({ severity: 'Medium' })],
  [
    'default with a token that a live pod got before it was turned off',
    deployment(false, asDefault(undefined), { ...withToken(undefined), serviceAccountName: 'default' }),
    fails({ severity: 'Medium' }),
  ],
  ['default without a token, mildly', deployment(false, asDefault(undefined)), fails({ severity: 'Low' })],
  [
    'default with a token of its own making',
    deployment(undefined, { ...withVolume('vault'), serviceAccountName: 'default' }),
    fails({ severity: 'Medium' }),
  ],
  [
    'the worse of several pods',
    deployment(undefined, asDefault(false), asDefault(true)),
    fails({ severity: 'Medium' }),
  ],
  [
    'the token of another account as none of its business',
    deployment(undefined, asDefault(false), spec(true)),
    fails({ severity: 'Low' }),
  ],
]);

describe('A ServiceAccount that turns automounting off', () => {
  it('clears the finding and leaves a stale token to restart', () => {
    const specs = [spec(undefined), withToken(undefined)];
    assert.notEqual(serviceAccountTokenAutomounted.evaluate(deployment(undefined, ...specs)), PASS);
    assert.equal(serviceAccountTokenStale.evaluate(deployment(undefined, ...specs)), PASS);
    assert.equal(serviceAccountTokenAutomounted.evaluate(deployment(false, ...specs)), PASS);
    assert.notEqual(serviceAccountTokenStale.evaluate(deployment(false, ...specs)), PASS);
  });
});
