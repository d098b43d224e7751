import { finding, nodeCheck, PASS, SKIP } from '../check.ts';
import { OS_AS_OF, osSupportOf } from '../tables/operating-systems.ts';
import { nodeWith } from './example.ts';

const PATH = 'status.nodeInfo.osImage';

/** Systems that are replaced as a whole (Bottlerocket, Flatcar, Talos and the like) have no release that could end. */
export const nodeOsEndOfLife = nodeCheck({
  id: 'node-os-end-of-life',
  severity: 'Medium',
  title: 'Operating system of the node gets no security updates any more',
  why: 'Vulnerabilities of its kernel and libraries are published, and stay.',
  fix: 'Replace the node by one with a current release. If you pay for longer support, make an exception until it ends.',
  references: { nsa: ['Upgrading'], kubescape: ['C-0226'], checklist: ['cluster-up-to-date'] },
  example: { before: nodeWith('osImage: Ubuntu 18.04.6 LTS'), after: nodeWith('osImage: Ubuntu 24.04.4 LTS') },
  maySkip: true,
  mayBeUndecided: true,
  evaluate: ({ node: { osImage }, server: { today } }) => {
    if (osImage === '') return { reason: 'Malformed', message: 'the node reports no operating system' };
    const support = osSupportOf(osImage, today);
    switch (support.status) {
      case 'supported':
        return PASS;
      case 'rolling':
        return SKIP;
      case 'ended':
        return [finding(PATH, `the security updates of ${support.system} ended on ${support.lastDay}`)];
      case 'unknown':
      default:
        return { reason: 'BeyondHorizon', message: `${osImage} is not in the table of ${OS_AS_OF}` };
    }
  },
});
