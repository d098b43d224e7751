import type { V1Volume } from '@kubernetes/client-node';
import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { podWith } from '../example-pods.ts';
import { objectAt, stringAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { volumesOf } from '../volumes/volumes-of.ts';

type Source = Exclude<keyof V1Volume, 'name'>;

const RESTRICTED_SOURCES: readonly Source[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

export const hostPathVolumes: Control = {
  id: 'hostPathVolumes',
  level: 'baseline',
  versions: [{ from: 0, evaluate: hostPaths }],
};

export const restrictedVolumes: Control = {
  id: 'restrictedVolumes',
  level: 'restricted',
  overrides: ['hostPathVolumes'],
  versions: [{ from: 0, evaluate: otherSources }],
};

export const hostPathVolume = controlCheck(hostPathVolumes, {
  id: 'host-path-volume',
  severity: 'High',
  title: 'Pod mounts a directory of its node',
  why: 'Files of the node hold credentials of other pods, and writing some of them is running code on the node.',
  fix: 'Use a persistentVolumeClaim, configMap, projected or emptyDir volume instead of hostPath.',
  references: {
    cis: cis('5.2.11', { id: '5.2.12', until: '1.11' }),
    nsa: ['Pod security'],
    mitre: ['T1611'],
    trivy: ['KSV-0023'],
    kubescape: ['C-0048'],
    polaris: ['hostPathSet'],
    kyverno: ['disallow-host-path'],
    checklist: ['no-host-path'],
  },
  example: {
    before: podWith('volumes:\n  - name: data\n    hostPath:\n      path: /srv/data'),
    after: podWith('volumes:\n  - name: data\n    persistentVolumeClaim:\n      claimName: data'),
  },
});

export const restrictedVolumeType = controlCheck(restrictedVolumes, {
  id: 'restricted-volume-type',
  severity: 'Low',
  title: 'Pod mounts storage that it names itself',
  why: 'What the author of a pod mounts directly escapes the control that storage classes and claims give.',
  fix: 'Reach the storage through a persistentVolumeClaim, or through a csi or ephemeral volume.',
  references: {
    nsa: ['Pod security'],
    trivy: ['KSV-0028'],
    kyverno: ['restrict-volume-types'],
  },
  example: {
    before: podWith('volumes:\n  - name: data\n    nfs:\n      server: nfs.example\n      path: /data'),
    after: podWith('volumes:\n  - name: data\n    persistentVolumeClaim:\n      claimName: data'),
  },
});

function hostPaths(pod: PodView): readonly Violation[] {
  return volumesOf(pod)
    .filter((volume) => objectAt(volume, 'hostPath') !== undefined)
    .map((volume) => {
      const path = stringAt(volume, 'hostPath.path') ?? '';
      return violationAt(volume, 'hostPath', `volume ${volume.key} is ${path} of the node`, volume.key);
    });
}

/** A volume of a kind that is not known here is refused too; one without any kind is an emptyDir. */
function otherSources(pod: PodView): readonly Violation[] {
  return volumesOf(pod).flatMap((volume) => {
    const sources = sourcesOf(volume);
    const [source] = sources;
    const isAllowed = source === undefined || RESTRICTED_SOURCES.some((allowed) => sources.includes(allowed));
    return isAllowed ? [] : [violationAt(volume, source, `volume ${volume.key} is of type ${source}`, volume.key)];
  });
}

function sourcesOf(volume: Place<V1Volume>): readonly Source[] {
  return Object.keys(volume.spec)
    .filter(isSource)
    .filter((field) => objectAt(volume, field) !== undefined)
    .sort();
}

/** Kinds of volume that the client does not know yet come by here, too. */
const isSource = (field: string): field is Source => field !== 'name';
