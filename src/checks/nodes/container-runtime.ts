import { finding, nodeCheck, PASS } from '../check.ts';
import type { Decision, NodeInput, Undecided } from '../check.ts';
import { containerdSupportOf, dockerSupportOf, RUNTIME_AS_OF } from '../tables/container-runtimes.ts';
import { supportOf } from '../tables/kubernetes-releases.ts';
import { kubeletVersion } from './kubelet-version.ts';
import { nodeWith } from './example.ts';

const PATH = 'status.nodeInfo.containerRuntimeVersion';

/** CRI-O numbers its releases like Kubernetes, and supports them as long (https://cri-o.io). */
export const nodeRuntimeOutdated = nodeCheck({
  id: 'node-runtime-outdated',
  severity: 'Medium',
  title: 'Container runtime of the node gets no security updates any more',
  why: 'A vulnerability in it lets containers out onto the node, and will not be mended.',
  fix: 'Upgrade the runtime, mostly by replacing the node with a current image.',
  references: { nsa: ['Upgrading'], kubescape: ['C-0087'], checklist: ['cluster-up-to-date'] },
  example: {
    before: nodeWith('containerRuntimeVersion: containerd://1.5.18'),
    after: nodeWith('containerRuntimeVersion: containerd://2.3.1'),
  },
  mayBeUndecided: true,
  evaluate: (input) => {
    const text = input.node.containerRuntimeVersion;
    const [, runtime = '', major = '', minor = ''] = /^([\w-]+):\/\/v?(\d+)\.(\d+)/.exec(text) ?? [];
    if (runtime === '') {
      const message = text === '' ? 'the node reports no container runtime' : `the runtime ${text} cannot be compared`;
      return { reason: 'Malformed', message };
    }
    return judgeRuntime(runtime, Number(major), Number(minor), input);
  },
});

function judgeRuntime(
  runtime: string,
  major: number,
  minor: number,
  { node, server }: NodeInput,
): Decision | Undecided {
  const name = `${runtime} ${major}.${minor}`;
  const kubelet = kubeletVersion(node);
  if (runtime === 'docker' && kubelet !== undefined && kubelet.minor < 24) {
    return [finding(PATH, 'the kubelet runs containers by dockershim, which nobody maintains any more')];
  }
  const support = supportOfRuntime(runtime, major, minor, server.today);
  if (support.status === 'supported') return PASS;
  if (support.status === 'ended') return [finding(PATH, `the support of ${name} ended ${support.when}`)];
  return { reason: 'BeyondHorizon', message: `the end of life of ${name} is not in the table of ${RUNTIME_AS_OF}` };
}

function supportOfRuntime(runtime: string, major: number, minor: number, today: string): ReturnType<typeof supportOf> {
  if (runtime === 'containerd') return containerdSupportOf(major, minor, today);
  if (runtime === 'cri-o') return supportOf(major, minor, today);
  return runtime === 'docker' ? dockerSupportOf(major) : { status: 'unknown' };
}
