import assert from 'node:assert/strict';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import { nodeRuntimeOutdated } from '../../../../src/checks/nodes/container-runtime.ts';
import { controlPlaneNodeSchedulable } from '../../../../src/checks/nodes/control-plane-node.ts';
import { nodeKernelVulnerable } from '../../../../src/checks/nodes/kernel.ts';
import { nodeOsEndOfLife } from '../../../../src/checks/nodes/operating-system.ts';
import { kernelVulnerabilitiesOf } from '../../../../src/checks/tables/kernel-vulnerabilities.ts';
import { fails, undecided, verdicts } from '../verdicts.ts';
import { node } from './facts.ts';

const os = (osImage: string, today?: string): ReturnType<typeof node> => node({ osImage }, 37, today);

verdicts(nodeOsEndOfLife, [
  ['Ubuntu 24.04', os('Ubuntu 24.04.4 LTS'), PASS],
  ['Ubuntu 22.04 on its last day', os('Ubuntu 22.04.5 LTS', '2027-04-30'), PASS],
  [
    'Ubuntu 22.04 on the day after',
    os('Ubuntu 22.04.5 LTS', '2027-05-01'),
    fails({ path: 'status.nodeInfo.osImage', message: 'the security updates of Ubuntu 22.04 ended on 2027-04-30' }),
  ],
  ['an Ubuntu between the long-term ones', os('Ubuntu 24.10'), fails('status.nodeInfo.osImage')],
  ['an Ubuntu older than all in the table', os('Ubuntu 14.04.6 LTS'), fails('status.nodeInfo.osImage')],
  ['an Ubuntu newer than all in the table', os('Ubuntu 28.04 LTS'), undecided('BeyondHorizon')],
  ['Debian 12 (the node image of kind)', os('Debian GNU/Linux 12 (bookworm)'), PASS],
  ['Debian 11', os('Debian GNU/Linux 11 (bullseye)'), fails('status.nodeInfo.osImage')],
  ['Debian testing', os('Debian GNU/Linux forky/sid'), undecided('BeyondHorizon')],
  ['Red Hat Enterprise Linux 9', os('Red Hat Enterprise Linux 9.6 (Plow)'), PASS],
  [
    'Red Hat Enterprise Linux 7',
    os('Red Hat Enterprise Linux Server 7.9 (Maipo)'),
    fails({ message: 'the security updates of Red Hat Enterprise Linux 7 ended on 2024-06-30' }),
  ],
  ['CoreOS of Red Hat, which OpenShift replaces', os('Red Hat Enterprise Linux CoreOS 418.94.202501221327-0'), SKIP],
  ['CentOS 7', os('CentOS Linux 7 (Core)'), fails('status.nodeInfo.osImage')],
  ['CentOS Stream 9', os('CentOS Stream 9'), PASS],
  ['Rocky Linux 8', os('Rocky Linux 8.10 (Green Obsidian)'), PASS],
  ['Amazon Linux 2', os('Amazon Linux 2'), fails('status.nodeInfo.osImage')],
  ['Amazon Linux 2023, which is no newer 2', os('Amazon Linux 2023.9.20251110'), PASS],
  [
    'CBL-Mariner, which has no number',
    os('CBL-Mariner/Linux'),
    fails({ message: 'the security updates of CBL-Mariner ended on 2025-07-31' }),
  ],
  ['Azure Linux 3', os('Microsoft Azure Linux 3.0'), PASS],
  [
    'SUSE Linux Enterprise Server by service pack',
    os('SUSE Linux Enterprise Server 15 SP5'),
    fails('status.nodeInfo.osImage'),
  ],
  ['Alpine Linux 3.22', os('Alpine Linux v3.22'), PASS],
  ['Windows Server', os('Windows Server 2022 Datacenter'), PASS],
  ['Bottlerocket', os('Bottlerocket OS 1.49.0 (aws-k8s-1.33)'), SKIP],
  ['Flatcar', os('Flatcar Container Linux by Kinvolk 4230.2.3 (Oklo)'), SKIP],
  ['Container-Optimized OS', os('Container-Optimized OS from Google'), SKIP],
  ['Talos', os('Talos (v1.11.5)'), SKIP],
  ['a distribution that nobody has told us of', os('Hannah Montana Linux 4'), undecided('BeyondHorizon')],
  ['a node that has not told its system', os(''), undecided('Malformed')],
]);

const runtime = (containerRuntimeVersion: string, kubeletVersion = 'v1.37.2'): ReturnType<typeof node> =>
  node({ containerRuntimeVersion, kubeletVersion });

verdicts(nodeRuntimeOutdated, [
  ['containerd 2.3', runtime('containerd://2.3.1'), PASS],
  [
    'containerd 2.2 after its end',
    runtime('containerd://2.2.1'),
    fails({
      path: 'status.nodeInfo.containerRuntimeVersion',
      message: 'the support of containerd 2.2 ended on 2026-11-06',
    }),
  ],
  [
    'containerd with the suffix of a distribution',
    runtime('containerd://1.6.20~ds1'),
    fails('status.nodeInfo.containerRuntimeVersion'),
  ],
  ['containerd with the suffix of k3s', runtime('containerd://v2.3.0-k3s1'), PASS],
  ['containerd of old', runtime('containerd://1.4.13'), fails('status.nodeInfo.containerRuntimeVersion')],
  ['containerd of days to come', runtime('containerd://2.9.0'), undecided('BeyondHorizon')],
  ['CRI-O, which is supported as long as Kubernetes', runtime('cri-o://1.36.1'), PASS],
  ['CRI-O of an ended minor', runtime('cri-o://1.31.4'), fails('status.nodeInfo.containerRuntimeVersion')],
  [
    'dockershim',
    runtime('docker://20.10.7', 'v1.23.5'),
    fails({ message: 'the kubelet runs containers by dockershim, which nobody maintains any more' }),
  ],
  ['cri-dockerd over an old Docker', runtime('docker://24.0.9'), fails('status.nodeInfo.containerRuntimeVersion')],
  ['cri-dockerd over a Docker whose end nobody has announced', runtime('docker://29.3.0'), undecided('BeyondHorizon')],
  [
    'an old Docker under a kubelet that has not told its version',
    runtime('docker://24.0.9', ''),
    fails({ message: 'the support of docker 24.0 ended before 2026-11-24' }),
  ],
  [
    'a Docker of today under one, which may be dockershim or not',
    runtime('docker://29.3.0', ''),
    undecided('BeyondHorizon'),
  ],
  ['another runtime', runtime('rkt://1.30.0'), undecided('BeyondHorizon')],
  ['a node that has not told its runtime', runtime(''), undecided('Malformed')],
  ['what is no version', runtime('containerd'), undecided('Malformed')],
]);

const kernel = (kernelVersion: string): ReturnType<typeof node> => node({ kernelVersion });

verdicts(nodeKernelVulnerable, [
  ['a mended stable release', kernel('6.12.40-flatcar'), PASS],
  ['a release of a line that was mended in time', kernel('5.15.149'), PASS],
  [
    'one patch too few',
    kernel('5.15.148-flatcar'),
    fails({ key: 'CVE-2024-1086', path: 'status.nodeInfo.kernelVersion' }),
  ],
  [
    'several vulnerabilities, each by itself',
    kernel('5.10.90'),
    fails({ key: 'CVE-2022-0185' }, { key: 'CVE-2022-0847' }, { key: 'CVE-2024-1086' }),
  ],
  ['a kernel of Ubuntu, whose number tells nothing', kernel('5.15.0-91-generic'), SKIP],
  ['a kernel of Red Hat', kernel('5.14.0-570.12.1.el9_6.x86_64'), SKIP],
  ['a kernel of Amazon', kernel('5.10.205-195.807.amzn2.x86_64'), SKIP],
  ['a node that has not told its kernel', kernel(''), SKIP],
]);

const controlPlane = { isControlPlane: true };

verdicts(controlPlaneNodeSchedulable, [
  ['an ordinary node', node({}), SKIP],
  ['a tainted node of the control plane', node({ ...controlPlane, isSchedulable: false }), PASS],
  ['one that takes workloads although there are others', node(controlPlane), fails('spec.taints')],
  ['one that must, as there are no others', { ...node(controlPlane), hasWorkers: false }, SKIP],
]);

describe('The table of kernel vulnerabilities', () => {
  const cves = (text: string): readonly string[] => {
    const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number);
    return kernelVulnerabilitiesOf({ major, minor, patch }).map(({ cve }) => cve);
  };

  it('holds for abandoned lines, and for none before or after', () => {
    assert.deepEqual(cves('5.11.22'), ['CVE-2022-0185', 'CVE-2022-0847', 'CVE-2023-0386', 'CVE-2024-1086']);
    assert.deepEqual(cves('3.10.0'), []);
    assert.deepEqual(cves('6.8.0'), []);
  });
});
