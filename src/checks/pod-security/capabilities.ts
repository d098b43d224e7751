import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { isWindows } from './exemptions.ts';
import { containerWith } from '../example-pods.ts';
import { containersOf, stringsAt, violationAt } from '../fields.ts';

const ADD = 'securityContext.capabilities.add';
const DROP = 'securityContext.capabilities.drop';

/** Names are compared exactly: `CAP_CHOWN` and `chown` are other capabilities to the API server. */
const ADDABLE_AT_BASELINE: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const ADDABLE_AT_RESTRICTED: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);

export const capabilitiesBaseline: Control = {
  id: 'capabilities_baseline',
  level: 'baseline',
  versions: [{ from: 0, evaluate: (pod) => addedBeyond(pod, ADDABLE_AT_BASELINE) }],
};

export const capabilitiesRestricted: Control = {
  id: 'capabilities_restricted',
  level: 'restricted',
  overrides: ['capabilities_baseline'],
  versions: [
    { from: 22, evaluate: tooCapable },
    { from: 25, evaluate: tooCapable, exempts: isWindows },
  ],
};

export const capabilitiesAddedNonDefault = controlCheck(capabilitiesBaseline, {
  id: 'capabilities-added-non-default',
  severity: 'High',
  title: 'Container adds a capability beyond the defaults',
  why: 'Such capabilities weaken the wall between the container and its node, some of them down to nothing.',
  fix: 'Remove it from securityContext.capabilities.add, or move what needs it into a small pod of its own.',
  references: {
    cis: cis('5.2.9'),
    nsa: ['Pod security'],
    trivy: ['KSV-0022'],
    kubescape: ['C-0046'],
    checkov: ['CKV_K8S_25'],
    kyverno: ['disallow-capabilities'],
  },
  example: {
    before: containerWith('securityContext:\n  capabilities:\n    add: [SYS_ADMIN]'),
    after: containerWith('securityContext:\n  capabilities:\n    add: [NET_BIND_SERVICE]'),
  },
});

export const capabilitiesNotDropped = controlCheck(capabilitiesRestricted, {
  id: 'capabilities-not-dropped',
  severity: 'Medium',
  title: 'Container keeps the default capabilities',
  why: 'Few programs need any of them, and each is one more thing that an intruder in the container can do.',
  fix: 'Set securityContext.capabilities.drop to ["ALL"], and add back NET_BIND_SERVICE if it is needed.',
  picks: ({ path }) => path?.endsWith(DROP) === true,
  references: {
    cis: cis('5.2.9', { id: '5.2.10', until: '1.11' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0003', 'KSV-0106'],
    polaris: ['insecureCapabilities'],
    checkov: ['CKV_K8S_37'],
    kubesec: ['CapDropAll', 'CapDropAny'],
    kyverno: ['disallow-capabilities-strict'],
  },
  example: { before: containerWith(), after: containerWith('securityContext:\n  capabilities:\n    drop: [ALL]') },
});

export const capabilitiesAddedRestricted = controlCheck(capabilitiesRestricted, {
  id: 'capabilities-added-restricted',
  severity: 'Medium',
  title: 'Container adds a capability other than NET_BIND_SERVICE',
  why: 'A hardened container needs at most the right to bind a port below 1024.',
  fix: 'Remove the capability from securityContext.capabilities.add.',
  picks: ({ path }) => path?.endsWith(ADD) === true,
  references: {
    cis: cis('5.2.9'),
    nsa: ['Pod security'],
    trivy: ['KSV-0106'],
    kyverno: ['disallow-capabilities-strict'],
  },
  example: {
    before: containerWith('securityContext:\n  capabilities:\n    add: [CHOWN]'),
    after: containerWith('securityContext:\n  capabilities:\n    add: [NET_BIND_SERVICE]'),
  },
});

function tooCapable(pod: PodView): readonly Violation[] {
  return [...keptCapabilities(pod), ...addedBeyond(pod, ADDABLE_AT_RESTRICTED)];
}

function addedBeyond(pod: PodView, addable: ReadonlySet<string>): readonly Violation[] {
  return containersOf(pod).flatMap((container) =>
    [...new Set(stringsAt(container, ADD))]
      .filter((capability) => !addable.has(capability))
      .map((capability) => violationAt(container, ADD, `adds the capability ${capability}`, capability)),
  );
}

function keptCapabilities(pod: PodView): readonly Violation[] {
  return containersOf(pod).flatMap((container) => {
    const dropped = stringsAt(container, DROP);
    if (dropped.includes('ALL')) return [];
    const misspelt = dropped.find((capability) => capability.toUpperCase() === 'ALL');
    const hint = misspelt === undefined ? '' : `; ${misspelt} must be written ALL`;
    return [violationAt(container, DROP, `does not drop ALL capabilities${hint}`)];
  });
}
