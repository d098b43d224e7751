import type { V1Container } from '@kubernetes/client-node';
import type { Severity } from '../../crds/index.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { containerCheck } from '../container-check.ts';
import { containerWith } from '../example-pods.ts';
import { stringsAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { isWindows } from '../pod-security/exemptions.ts';

const ADD = 'securityContext.capabilities.add';
const DROP = 'securityContext.capabilities.drop';

/** Critical are those that need nothing else to take over the node; High those that need a host namespace, or only disturb. */
const DANGEROUS: ReadonlyMap<string, Severity> = new Map([
  ['ALL', 'Critical'],
  ['SYS_ADMIN', 'Critical'],
  ['SYS_MODULE', 'Critical'],
  ['SYS_RAWIO', 'Critical'],
  ['DAC_READ_SEARCH', 'Critical'],
  ['BPF', 'Critical'],
  ['SYS_PTRACE', 'High'],
  ['PERFMON', 'High'],
  ['NET_ADMIN', 'High'],
  ['SYS_BOOT', 'High'],
  ['SYS_TIME', 'High'],
]);

/**
 * Pod Security compares names exactly, and refuses what it does not know. Runtimes are more lenient: all of them take lower
 * case, and some the prefix CAP_. What any of them would grant counts as added.
 */
export const dangerousCapability = containerCheck({
  id: 'dangerous-capability',
  severity: 'Critical',
  title: 'Container adds a capability that opens the node',
  why: 'With such a capability root in the container loads kernel code, reads any file or process, or rules the network of its node.',
  fix: 'Remove it from securityContext.capabilities.add; move what needs it into a small pod of its own, in a namespace of its own.',
  references: {
    cis: cis('5.2.9'),
    nsa: ['Pod security'],
    mitre: ['T1611'],
    trivy: ['KSV-0005', 'KSV-0120'],
    kubescape: ['C-0046'],
    polaris: ['dangerousCapabilities'],
    checkov: ['CKV_K8S_39'],
    kubesec: ['CapSysAdmin'],
  },
  example: {
    before: containerWith('securityContext:\n  capabilities:\n    add: [SYS_ADMIN]'),
    after: containerWith('securityContext:\n  capabilities:\n    add: [NET_BIND_SERVICE]'),
  },
  skips: isWindows,
  evaluate: (container) =>
    granted(container).flatMap((capability): readonly Violation[] => {
      const severity = DANGEROUS.get(capability);
      if (severity === undefined) return [];
      const message = `adds ${capability === 'ALL' ? 'ALL capabilities' : `the capability ${capability}`}`;
      return [{ ...violationAt(container, ADD, message, capability), severity }];
    }),
});

/** Among the capabilities that runtimes give by default this is the one that attacks neighbours. */
export const netRawCapability = containerCheck({
  id: 'net-raw-capability',
  severity: 'Medium',
  title: 'Container may send packets of its own making',
  why: 'With NET_RAW, which runtimes give by default, it can pose as another pod or as the DNS server of its network.',
  fix: 'Set securityContext.capabilities.drop to ["ALL"], or at least to ["NET_RAW"].',
  references: {
    cis: cis('5.2.8'),
    nsa: ['Pod security'],
    mitre: ['T1557'],
    trivy: ['KSV-0119'],
    kubescape: ['C-0211'],
    kubeLinter: ['drop-net-raw-capability'],
    checkov: ['CKV_K8S_28'],
    kyverno: ['require-drop-cap-net-raw'],
  },
  example: {
    before: containerWith(),
    after: containerWith('securityContext:\n  capabilities:\n    drop: [ALL]'),
  },
  skips: isWindows,
  evaluate: (container) => {
    if (granted(container).some((capability) => capability === 'NET_RAW' || capability === 'ALL'))
      return [violationAt(container, ADD, 'adds the capability NET_RAW')];
    // The prefix is not taken off here: not every runtime does that, and then nothing is dropped.
    const dropped = new Set(stringsAt(container, DROP).map((capability) => capability.toUpperCase()));
    if (dropped.has('ALL') || dropped.has('NET_RAW')) return [];
    return [violationAt(container, DROP, 'does not drop the capability NET_RAW')];
  },
});

/** What is added, by the names of the kernel without their prefix, each once. */
function granted(container: Place<V1Container>): readonly string[] {
  return [...new Set(stringsAt(container, ADD).map((capability) => capability.toUpperCase().replace(/^CAP_/, '')))];
}
