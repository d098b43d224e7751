import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { podWith } from '../example-pods.ts';
import { booleanAt, podOf, violationAt } from '../fields.ts';

const FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

export const hostNamespaces: Control = {
  id: 'hostNamespaces',
  level: 'baseline',
  versions: [{ from: 0, evaluate: sharedNamespaces }],
};

export const hostNetwork = controlCheck(hostNamespaces, {
  id: 'host-network',
  severity: 'High',
  title: 'Pod shares the network of its node',
  why: 'It reaches services that listen on the node only, and bypasses NetworkPolicies.',
  fix: 'Remove hostNetwork; expose ports by a Service.',
  picks: isAbout('hostNetwork'),
  references: {
    cis: cis('5.2.5'),
    nsa: ['Pod security'],
    mitre: ['T1611'],
    trivy: ['KSV-0009'],
    kubescape: ['C-0041'],
    polaris: ['hostNetworkSet'],
    kubeLinter: ['host-network'],
    checkov: ['CKV_K8S_19'],
    kubesec: ['HostNetwork'],
    kyverno: ['disallow-host-namespaces'],
    checklist: ['no-host-network'],
  },
  example: { before: podWith('hostNetwork: true'), after: podWith('hostNetwork: false') },
});

export const hostPid = controlCheck(hostNamespaces, {
  id: 'host-pid',
  severity: 'High',
  title: 'Pod sees the processes of its node',
  why: 'It can read the environment and files of every process on the node, and signal those of its own user.',
  fix: 'Remove hostPID; shareProcessNamespace is enough to see the processes of the same pod.',
  picks: isAbout('hostPID'),
  references: {
    cis: cis('5.2.3'),
    nsa: ['Pod security'],
    mitre: ['T1611'],
    trivy: ['KSV-0010'],
    kubescape: ['C-0275', 'C-0038'],
    polaris: ['hostPIDSet'],
    kubeLinter: ['host-pid'],
    checkov: ['CKV_K8S_17'],
    kubesec: ['HostPID'],
    kyverno: ['disallow-host-namespaces'],
  },
  example: { before: podWith('hostPID: true'), after: podWith('hostPID: false') },
});

export const hostIpc = controlCheck(hostNamespaces, {
  id: 'host-ipc',
  severity: 'High',
  title: 'Pod shares the inter-process communication of its node',
  why: 'It can read and change the shared memory and message queues of programs on the node.',
  fix: 'Remove hostIPC; containers of one pod share memory through an emptyDir of medium Memory.',
  picks: isAbout('hostIPC'),
  references: {
    cis: cis('5.2.4'),
    nsa: ['Pod security'],
    trivy: ['KSV-0008'],
    kubescape: ['C-0276', 'C-0038'],
    polaris: ['hostIPCSet'],
    kubeLinter: ['host-ipc'],
    checkov: ['CKV_K8S_18'],
    kubesec: ['HostIPC'],
    kyverno: ['disallow-host-namespaces'],
  },
  example: { before: podWith('hostIPC: true'), after: podWith('hostIPC: false') },
});

function sharedNamespaces(pod: PodView): readonly Violation[] {
  const place = podOf(pod);
  return FIELDS.filter((field) => booleanAt(place, field) === true).map((field) =>
    violationAt(place, field, `${field} is true`),
  );
}

function isAbout(field: (typeof FIELDS)[number]): (violation: Violation) => boolean {
  return ({ path }) => path === `spec.${field}`;
}
