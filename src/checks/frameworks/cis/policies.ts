import { checked, type CisItem, type History } from './item.ts';

/** 1.12 has lost the item about added capabilities, 5.2.9, and what followed moved up. */
const BEFORE_1_12 = (id: string): History => ({ former: { id, until: '1.11' } });
/** 1.11 has renumbered the general policies. */
const BEFORE_1_11 = (id: string): History => ({ former: { id, until: '1.10' } });

const RBAC: readonly CisItem[] = [
  checked('5.1.1', 'cluster-admin is used only where it is needed'),
  checked('5.1.2', 'Few may read Secrets'),
  checked('5.1.3', 'Roles have no wildcards'),
  checked('5.1.4', 'Few may create pods'),
  checked('5.1.5', 'The ServiceAccount default has no rights and is not used'),
  checked('5.1.6', 'Tokens of ServiceAccounts are mounted only where they are needed'),
  checked('5.1.7', 'Nobody is in the group system:masters'),
  checked('5.1.8', 'Few may bind, impersonate and escalate'),
  checked('5.1.9', 'Few may create PersistentVolumes'),
  checked('5.1.10', 'Few may reach kubelets by the proxy of nodes'),
  checked('5.1.11', 'Few may approve certificates'),
  checked('5.1.12', 'Few may change the configuration of webhooks'),
  checked('5.1.13', 'Few may create tokens of ServiceAccounts'),
];

const PODS: readonly CisItem[] = [
  checked('5.2.1', 'An admission policy is in force in each namespace'),
  checked('5.2.2', 'Few containers are privileged'),
  checked('5.2.3', 'Few pods see the processes of their node'),
  checked('5.2.4', 'Few pods share the IPC of their node'),
  checked('5.2.5', 'Few pods share the network of their node'),
  checked('5.2.6', 'Few processes may gain more privileges than their parent'),
  checked('5.2.7', 'Few containers run as root'),
  checked('5.2.8', 'Few containers have NET_RAW'),
  checked('5.2.9', 'Few containers add capabilities', { until: '1.11' }),
  checked('5.2.9', 'Few containers have capabilities at all', BEFORE_1_12('5.2.10')),
  checked('5.2.10', 'Few Windows containers run as processes of their node', BEFORE_1_12('5.2.11')),
  checked('5.2.11', 'Few pods mount directories of their node', BEFORE_1_12('5.2.12')),
  checked('5.2.12', 'Few containers take ports of their node', BEFORE_1_12('5.2.13')),
];

const SURROUNDINGS: readonly CisItem[] = [
  checked('5.3.1', 'The network enforces NetworkPolicies'),
  checked('5.3.2', 'Every namespace has NetworkPolicies'),
  checked('5.4.1', 'Secrets are mounted as files, not handed over in the environment'),
  checked('5.4.2', 'Secrets are kept outside of the cluster'),
  checked('5.5.1', 'Images are admitted by where they come from'),
  checked('5.6.1', 'Namespaces keep teams and applications apart', BEFORE_1_11('5.7.1')),
  checked('5.6.2', 'Pods have the default seccomp profile', BEFORE_1_11('5.7.2')),
  checked('5.6.3', 'Pods and containers have a security context', BEFORE_1_11('5.7.3')),
  checked('5.6.4', 'Nothing runs in the namespace default', BEFORE_1_11('5.7.4')),
];

/** Section 5: what runs in the cluster, and who may do what. */
export const POLICIES: readonly CisItem[] = [...RBAC, ...PODS, ...SURROUNDINGS];
