import type { V1Container, V1VolumeMount } from '@kubernetes/client-node';
import { isMirrorPod } from '../../inventory/facts/pod-spec.ts';
import { podCheck, SKIP, verdict } from '../check.ts';
import type { CheckOf, CheckRow, PodInput, Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { podWith } from '../example-pods.ts';
import { booleanAt, containersOf, itemsAt, stringAt, unlessMalformed, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { isWindows } from '../pod-security/exemptions.ts';
import { hostVolumes } from './host-directories.ts';
import { reachesRuntime } from './runtime-sockets.ts';
import { sensitivity } from './sensitive-paths.ts';

const CIS = cis('5.2.11', { id: '5.2.12', until: '1.11' });

export const hostPathSensitive = hostPathCheck({
  id: 'host-path-sensitive',
  severity: 'Critical',
  title: 'Pod mounts a directory that the node itself lives by',
  why: 'It holds credentials or programs of the node, or is a way into its kernel: who has it has the node, often by reading alone.',
  fix: 'Mount no more than the one file or directory that is needed, by a volume that is not a hostPath wherever there is one.',
  references: {
    cis: CIS,
    nsa: ['Pod security'],
    mitre: ['T1611'],
    trivy: ['KSV-0121'],
    kubescape: ['C-0020'],
    kubeLinter: ['sensitive-host-mounts'],
    kubesec: ['ProcMount'],
    checklist: ['no-host-path'],
  },
  example: {
    before: podWith('volumes:\n  - name: kubelet\n    hostPath:\n      path: /var/lib/kubelet'),
    after: podWith('volumes:\n  - name: data\n    emptyDir: {}'),
  },
  skips: isWindows,
  evaluate: (pod) =>
    hostVolumes(pod).flatMap(({ volume, path }): readonly Violation[] => {
      const severity = sensitivity(path);
      if (severity === undefined) return [];
      const message = `volume ${volume.key} gives ${path} of the node`;
      return [{ ...violationAt(volume, 'hostPath.path', message, volume.key), severity }];
    }),
});

export const containerRuntimeSocket = hostPathCheck({
  id: 'container-runtime-socket',
  severity: 'Critical',
  title: 'Pod reaches the container runtime of its node',
  why: 'Whoever may write to that socket starts a privileged container beside Kubernetes, and no admission is asked.',
  fix: 'Remove the volume; build images by a tool that needs no runtime, and read what runs from the Kubernetes API.',
  references: {
    cis: CIS,
    nsa: ['Pod security'],
    mitre: ['T1611', 'T1610'],
    trivy: ['KSV-0006'],
    kubescape: ['C-0074'],
    kubeLinter: ['docker-sock', 'container-runtime-sock'],
    checkov: ['CKV_K8S_27'],
    kubesec: ['DockerSock'],
    kyverno: ['disallow-cri-sock-mount'],
    checklist: ['no-host-path'],
  },
  example: {
    before: podWith('volumes:\n  - name: runtime\n    hostPath:\n      path: /run/containerd/containerd.sock'),
    after: podWith('volumes:\n  - name: data\n    emptyDir: {}'),
  },
  evaluate: (pod) =>
    hostVolumes(pod)
      .filter(({ path }) => reachesRuntime(path))
      .map(({ volume, path }) => {
        const message = `volume ${volume.key} is, or holds, the socket of a container runtime: ${path} of the node`;
        return violationAt(volume, 'hostPath.path', message, volume.key);
      }),
});

/**
 * Read-only counts as such also where it is not recursive: most directories hold no other mount. Where one does, that stays
 * writable, as the text says.
 */
export const hostPathWritable = hostPathCheck({
  id: 'host-path-writable',
  severity: 'High',
  title: 'Container may write to a directory of its node',
  why: 'What it changes there is read by others: the node, other pods, and whatever pod comes after it.',
  fix:
    'Set readOnly: true on the volumeMount, with recursiveReadOnly: Enabled where other file systems are mounted below; or ' +
    'use a persistentVolumeClaim.',
  references: {
    cis: CIS,
    nsa: ['Pod security'],
    trivy: ['KSV-0023'],
    kubescape: ['C-0045'],
    kubeLinter: ['writable-host-mount'],
    kyverno: ['ensure-readonly-hostpath'],
    checklist: ['no-host-path'],
  },
  example: { before: mountExample(), after: mountExample('readOnly: true') },
  evaluate: (pod) => {
    const names = new Set(hostVolumes(pod).map(({ volume }) => volume.key));
    return containersOf(pod).flatMap((container) => writableMounts(container, names));
  },
});

/**
 * A mirror pod is let off: it comes from a file on its node, and whoever wrote that had the node already. What everybody else
 * creates under its annotation is not run by any kubelet.
 */
function hostPathCheck({
  skips = () => false,
  evaluate,
  ...row
}: CheckRow & {
  readonly evaluate: (pod: PodInput) => readonly Violation[];
  readonly skips?: (pod: PodInput) => boolean;
}): CheckOf<'pod'> {
  return podCheck({
    ...row,
    maySkip: true,
    mayBeUndecided: true,
    evaluate: (pod) => unlessMalformed(() => (isMirrorPod(pod) || skips(pod) ? SKIP : verdict(evaluate(pod)))),
  });
}

type Mount = Place<V1VolumeMount> & { readonly key: string };

/** One violation for each volume, at the first of its mounts in the order of their paths. */
function writableMounts(container: Place<V1Container>, volumes: ReadonlySet<string>): readonly Violation[] {
  const mounts = itemsAt<V1Container, V1VolumeMount>(
    container,
    'volumeMounts',
    (mount) => stringAt(mount, 'mountPath') ?? '',
  )
    .filter((mount) => volumes.has(volumeOf(mount)) && booleanAt(mount, 'readOnly') !== true)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const first = new Map(mounts.toReversed().map((mount) => [volumeOf(mount), mount]));
  return [...first].map(([volume, mount]) =>
    violationAt(mount, 'readOnly', `mounts volume ${volume} of the node without readOnly`, volume),
  );
}

const volumeOf = (mount: Mount): string => stringAt(mount, 'name') ?? '';

function mountExample(readOnly?: string): string {
  const mount = ['    volumeMounts:', '      - name: logs', '        mountPath: /logs'];
  return podWith(
    [
      'containers:',
      '  - name: app',
      '    image: registry.example/app:1.0',
      ...mount,
      ...(readOnly === undefined ? [] : [`        ${readOnly}`]),
      'volumes:',
      '  - name: logs',
      '    hostPath:',
      '      path: /var/log/app',
    ].join('\n'),
  );
}
