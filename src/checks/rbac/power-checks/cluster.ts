import { cis } from '../../cis.ts';
import { grantedInCluster, grantedInNamespace, ruleYaml } from '../examples.ts';
import { powerCheck } from '../power-check.ts';

const NSA = ['Authentication and authorization'];
const GOOD_PRACTICES = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/';

/** What looks like reading is not: the kubelet runs commands for a GET that becomes a WebSocket. */
export const nodesProxy = powerCheck('nodes-proxy', {
  severity: 'Critical',
  title: 'Binding allows to use the API of kubelets',
  why: 'Even get runs commands in every pod of the node, past admission control and past the audit log of the API server.',
  fix: 'Grant nodes/metrics, nodes/stats, nodes/healthz, nodes/pods or nodes/configz instead, which kubelets tell apart since v1.33.',
  references: {
    cis: cis('5.1.10'),
    nsa: NSA,
    mitre: ['T1609'],
    trivy: ['KSV-0047'],
    kubescape: ['C-0279'],
    kyverno: ['restrict-clusterrole-nodesproxy'],
    urls: [GOOD_PRACTICES, 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/'],
  },
  example: {
    before: grantedInCluster(ruleYaml('', 'nodes/proxy', 'get')),
    after: grantedInCluster(ruleYaml('', 'nodes/metrics', 'get')),
  },
});

/** Labels and taints of nodes decide where pods run. */
export const nodeWrite = powerCheck('node-write', {
  severity: 'Medium',
  title: 'Binding allows to change nodes',
  why: 'Taints and labels drive pods, with their Secrets, to a node of choice; a deleted node takes its pods with it.',
  fix: 'Leave nodes to the kubelets and to the controllers that come with the cluster.',
  references: { nsa: NSA, mitre: ['T1578'], urls: [GOOD_PRACTICES] },
  example: {
    before: grantedInCluster(ruleYaml('', 'nodes', 'patch')),
    after: grantedInCluster(ruleYaml('', 'nodes', 'get, list')),
  },
});

/**
 * Labels switch Pod Security off, and are what NetworkPolicies select by. Deviation: by a RoleBinding too, as a request for a
 * Namespace is one in that namespace.
 */
export const namespaceLabelWrite = powerCheck('namespace-label-write', {
  severity: 'Medium',
  title: 'Binding allows to relabel namespaces',
  why: 'A label of the namespace sets its Pod Security level, and opens NetworkPolicies that select by it.',
  fix: 'Remove update and patch on namespaces; have an admission policy guard the labels where that cannot be.',
  references: { nsa: [...NSA, 'Pod security'], mitre: ['T1562.001'], urls: [GOOD_PRACTICES] },
  example: {
    before: grantedInNamespace(ruleYaml('', 'namespaces', 'patch')),
    after: grantedInNamespace(ruleYaml('', 'namespaces', 'get')),
  },
});

/** Beside webhooks their successors in CEL, by which the same can be done. */
export const webhookConfigWrite = powerCheck('webhook-config-write', {
  severity: 'High',
  title: 'Binding allows to change admission control',
  why: 'A webhook sees every object that is written, Secrets too, and may change it; without one, what it forbade is allowed.',
  fix: 'Limit the rule by resourceNames to the webhooks of the program itself.',
  references: {
    cis: cis('5.1.12'),
    nsa: NSA,
    mitre: ['T1562.001'],
    trivy: ['KSV-0114'],
    kubescape: ['C-0281'],
    checkov: ['CKV_K8S_155'],
    urls: [GOOD_PRACTICES],
  },
  example: {
    before: grantedInCluster(ruleYaml('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'patch')),
    after: grantedInCluster(ruleYaml('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'get')),
  },
});

/** A claim may be mounted where hostPath volumes are forbidden. */
export const persistentVolumeCreate = powerCheck('persistent-volume-create', {
  severity: 'Medium',
  title: 'Binding allows to create PersistentVolumes',
  why: 'A PersistentVolume may be a directory of the node, and a pod mounts it by a claim, past Pod Security.',
  fix: 'Let storage classes make the volumes; keep the right with the administrators of the cluster.',
  references: { cis: cis('5.1.9'), nsa: NSA, mitre: ['T1611'], kubescape: ['C-0278'], urls: [GOOD_PRACTICES] },
  example: {
    before: grantedInCluster(ruleYaml('', 'persistentvolumes', 'create')),
    after: grantedInCluster(ruleYaml('', 'persistentvolumeclaims', 'create')),
  },
});

/** In one namespace this belongs to owning it. */
export const excessiveDelete = powerCheck('excessive-delete', {
  severity: 'Medium',
  title: 'Binding allows to delete workloads or data everywhere',
  why: 'One mistake or one stolen token empties the cluster.',
  fix: 'Grant deletion in the namespaces where it is needed.',
  references: { nsa: NSA, mitre: ['T1485'], kubescape: ['C-0007'] },
  example: {
    before: grantedInCluster(ruleYaml('apps', 'deployments', 'delete')),
    after: grantedInNamespace(ruleYaml('apps', 'deployments', 'delete')),
  },
});

/** Deviation: deleting pods/log is none, as the API server serves only get there (Trivy KSV-0042 has it as one). */
export const auditTrailDelete = powerCheck('audit-trail-delete', {
  severity: 'Low',
  title: 'Binding allows to delete Events',
  why: 'Events tell what happened to pods; who deletes them covers his tracks.',
  fix: 'Remove delete and deletecollection on events; they go by themselves after an hour.',
  references: { nsa: ['Audit logging'], mitre: ['T1070'], trivy: ['KSV-0042'], kubescape: ['C-0031'] },
  example: {
    before: grantedInNamespace(ruleYaml('', 'events', 'delete')),
    after: grantedInNamespace(ruleYaml('', 'events', 'get, list')),
  },
});
