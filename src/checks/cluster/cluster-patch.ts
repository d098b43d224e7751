import { clusterCheck, finding, PASS, SKIP } from '../check.ts';
import type { Undecided } from '../check.ts';
import { supportOf } from '../tables/kubernetes-releases.ts';
import { newestPatchOf, PATCHES_AS_OF, PATCHES_HORIZON } from '../tables/kubernetes-patches.ts';

/** Of clusters whose provider chooses the patch and mends it without a new number, the number tells nothing. */
const CHOSEN_BY_PROVIDER = /-(?:eks|gke|aliyun)\b/;

/** k3s, RKE2 and others append to the number of Kubernetes (`+k3s1`), and follow it. */
export const clusterPatchOutdated = clusterCheck({
  id: 'cluster-patch-outdated',
  severity: 'Medium',
  title: 'Cluster lacks patches of its Kubernetes release',
  why: 'Each patch release mends vulnerabilities that were published with it.',
  fix: 'Upgrade to the newest patch of this minor release. It changes nothing else.',
  references: {
    nsa: ['Upgrading'],
    kubescape: ['C-0273'],
    checklist: ['cluster-up-to-date'],
    urls: ['https://kubernetes.io/releases/patch-releases/'],
  },
  inFiles: 'server',
  maySkip: true,
  mayBeUndecided: true,
  evaluate: ({ server: { major, minor, gitVersion, today } }) => {
    if (CHOSEN_BY_PROVIDER.test(gitVersion)) return SKIP;
    const [, patch, preRelease] = /^v?\d+\.\d+\.(\d+)(-(?:alpha|beta|rc)\.)?/.exec(gitVersion) ?? [];
    if (patch === undefined) return { reason: 'Malformed', message: `the version ${gitVersion} has no patch number` };
    const newest = major === 1 ? newestPatchOf(minor) : undefined;
    if (newest === undefined) return beyond(`Kubernetes ${major}.${minor}`);
    const isBehind = Number(patch) < newest || (Number(patch) === newest && preRelease !== undefined);
    if (isBehind) return [finding('version', `the API server is ${gitVersion}, and 1.${minor}.${newest} is known`)];
    return isComplete(minor, today) ? PASS : beyond(`newer patches of Kubernetes 1.${minor}`);
  },
});

/** Whether no newer patch than the table's can have come out, or none that matters yet. */
const isComplete = (minor: number, today: string): boolean =>
  today <= PATCHES_HORIZON || supportOf(1, minor, PATCHES_AS_OF).status === 'ended';

function beyond(what: string): Undecided {
  return {
    reason: 'BeyondHorizon',
    message: `${what}: not in the table of ${PATCHES_AS_OF}, which holds until ${PATCHES_HORIZON}`,
  };
}
