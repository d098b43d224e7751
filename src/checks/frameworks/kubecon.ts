import type { ChecklistItem } from '../check.ts';
import { byChecks, hidden, type Framework, type FrameworkControl } from './framework.ts';

const checked = (id: ChecklistItem, title: string): FrameworkControl => byChecks(id, title);
const notLookedAt = (id: ChecklistItem, title: string, reason: string): FrameworkControl => hidden(id, title, reason);

/** The checklist of the talk "Kubernetes security from day one" (KubeCon 2020), in the order of the talk. */
export const KUBECON_2020: Framework = {
  name: 'kubecon-2020',
  title: 'KubeCon checklist',
  version: '2020',
  controls: [
    notLookedAt(
      'distroless-images',
      'Images hold no shell and no package manager',
      'the contents of images are not looked at',
    ),
    checked('current-images', 'Images are current, and can be told to be'),
    notLookedAt('signed-images', 'Images are signed', 'signatures of images are not looked at'),
    checked('no-host-path', 'Pods mount no directory of their node'),
    checked('no-host-network', 'Pods stay off the network of their node'),
    checked(
      'conscious-service-account',
      'Each workload has a ServiceAccount of its own, with the rights that it needs',
    ),
    checked('cluster-up-to-date', 'The cluster and its nodes run supported versions'),
    checked('not-on-the-internet', 'API server and nodes are not open to the internet'),
    checked('use-secrets', 'Credentials are in Secrets, and these are encrypted'),
    checked('groups-not-users', 'Roles are bound to groups, not to single users'),
    checked('admission-control', 'Admission policies are enforced'),
    checked('scanners', 'Scanners watch images and configuration'),
    checked('network-policies', 'NetworkPolicies limit who may talk to whom'),
  ],
  idsIn: ({ checklist = [] }) => checklist,
};
