import { byChecks, byHand, hidden, type Framework } from './framework.ts';

/**
 * The Kubernetes Hardening Guide of NSA and CISA, version 1.2 (August 2022), by its sections: it numbers nothing, so the
 * ids are short names of ours, and the rows of the checks use them.
 */
export const NSA_1_2: Framework = {
  name: 'nsa-1.2',
  title: 'NSA/CISA Kubernetes Hardening Guide',
  version: '1.2',
  controls: [
    byChecks(
      'Pod security',
      'Containers run without root, privileges and writable system, and an admission policy sees to it',
    ),
    byHand(
      'Container engines',
      'Container engines run without root, or under a hypervisor',
      'how the engine of a node runs is not in the API',
    ),
    byChecks('Image scanning', 'Images come from trusted sources and are scanned'),
    byChecks('Protecting Pod service account tokens', 'Pods that do not talk to the API server have no token for it'),
    byChecks('Namespaces', 'Namespaces keep teams and applications apart'),
    byChecks('Network policies', 'Traffic is denied unless a NetworkPolicy allows it'),
    byChecks('Resource policies', 'LimitRanges, ResourceQuotas and limits keep one from starving the others'),
    byChecks(
      'Control plane hardening',
      'The control plane and etcd are reached by TLS, with certificates, and not from outside',
    ),
    hidden(
      'Kubeconfig files',
      'Files with credentials are readable by their owner alone',
      'files of nodes are not in the API',
    ),
    byChecks('Worker node', 'Nodes are closed to those who need not reach them'),
    byHand(
      'Encryption in transit',
      'Traffic between components and between applications is encrypted',
      'what applications speak on the wire is not in the API',
    ),
    byChecks('Secrets', 'Credentials are in Secrets, encrypted at rest, and not in plain configuration'),
    byHand(
      'Cloud metadata',
      'Pods cannot reach the metadata service of the cloud',
      'what the network of the provider lets through is not in the API',
    ),
    byChecks(
      'Authentication and authorization',
      'No anonymous access, and roles that give each person and account its own few rights',
    ),
    byChecks('Audit logging', 'The API server writes an audit log, and keeps it long enough'),
    byHand(
      'Log collection',
      'Logs of nodes, containers and applications are kept outside of the cluster',
      'where logs are kept is not in the API',
    ),
    byHand('Threat detection', 'Somebody is told when logs show an attack', 'who watches the logs is not in the API'),
    byChecks('Upgrading', 'Security patches are applied promptly, and unused parts are removed'),
  ],
  idsIn: ({ nsa = [] }) => nsa,
};
