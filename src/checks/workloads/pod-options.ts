import { podCheck, PASS, SKIP, verdict } from '../check.ts';
import { podWith } from '../example-pods.ts';
import { booleanAt, itemsAt, podOf, stringAt, unlessMalformed, violationAt } from '../fields.ts';
import type { V1HostAlias, V1PodSpec } from '@kubernetes/client-node';
import { isWindows } from '../pod-security/exemptions.ts';

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

/**
 * Advice, and off by default: the node, its runtime and its file systems must support it. Pods in a namespace of their node
 * cannot have one of their own, and are found for that.
 */
export const userNamespaceNotUsed = podCheck({
  id: 'user-namespace-not-used',
  severity: 'Info',
  title: 'Pod runs in the user namespace of its node',
  why: 'Root in the container is root on the node for whoever breaks out; in a user namespace of its own it is nobody there.',
  fix: 'Set hostUsers to false, where nodes run Linux 6.3 or newer and a container runtime that supports it.',
  references: { kubesec: ['HostUsers'], urls: ['https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/'] },
  isOptIn: true,
  unmapped: 'user namespaces are younger than the frameworks, which know them only as an exemption',
  example: { before: podWith('hostUsers: true'), after: podWith('hostUsers: false') },
  maySkip: true,
  mayBeUndecided: true,
  evaluate: (pod) =>
    unlessMalformed(() => {
      const place = podOf(pod);
      if (isWindows(pod) || HOST_NAMESPACES.some((field) => booleanAt(place, field) === true)) return SKIP;
      return booleanAt(place, 'hostUsers') === false
        ? PASS
        : [violationAt(place, 'hostUsers', 'hostUsers is not false')];
    }),
});

export const shareProcessNamespace = podCheck({
  id: 'share-process-namespace',
  severity: 'Low',
  title: 'Containers of the pod see the processes of each other',
  why: 'Whoever breaks into one reads the environment of the others and, by /proc, their files: one weak container gives all away.',
  fix: 'Remove shareProcessNamespace; to look into a running pod, kubectl debug --target shares one container for that time.',
  references: { urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/'] },
  unmapped: 'the frameworks speak of the processes of the node, and not of those within a pod',
  example: { before: podWith('shareProcessNamespace: true'), after: podWith('shareProcessNamespace: false') },
  mayBeUndecided: true,
  evaluate: (pod) =>
    unlessMalformed(() =>
      booleanAt(podOf(pod), 'shareProcessNamespace') === true
        ? [violationAt(podOf(pod), 'shareProcessNamespace', 'shareProcessNamespace is true')]
        : PASS,
    ),
});

/** Off by default: whoever writes the pod may as well write other names into it. */
export const hostAliases = podCheck({
  id: 'host-aliases',
  severity: 'Low',
  title: 'Pod writes names of its own into /etc/hosts',
  why: 'Such a name leads past DNS to an address that nobody updates, and that another may own tomorrow.',
  fix: 'Remove hostAliases; give the address a name in DNS, or by a Service of type ExternalName.',
  references: { trivy: ['KSV-0007'], kubesec: ['HostAliases'] },
  isOptIn: true,
  unmapped: 'no framework speaks of host aliases',
  example: {
    before: podWith('hostAliases:\n  - ip: 192.0.2.7\n    hostnames: [db.example]'),
    after: podWith('containers:\n  - name: app\n    image: registry.example/app:1.0'),
  },
  mayBeUndecided: true,
  evaluate: (pod) =>
    unlessMalformed(() => {
      const aliases = itemsAt<V1PodSpec, V1HostAlias>(
        podOf(pod),
        'hostAliases',
        (alias) => stringAt(alias, 'ip') ?? '',
      );
      return verdict(
        aliases.map((alias) => violationAt(alias, 'hostnames', `names of its own stand for ${alias.key}`, alias.key)),
      );
    }),
});
