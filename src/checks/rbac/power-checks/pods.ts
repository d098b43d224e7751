import { cis } from '../../cis.ts';
import { grantedInCluster, grantedInNamespace, ruleYaml } from '../examples.ts';
import { powerCheck } from '../power-check.ts';

const NSA = ['Authentication and authorization'];
const GOOD_PRACTICES = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/';

/**
 * Deviation: podtemplates do not count, as nothing makes pods of them. A namespace is no wall here: what does not forbid
 * privileged pods gives the node away.
 */
export const podCreate = powerCheck('pod-create', {
  severity: 'High',
  title: 'Binding allows to create pods',
  why: 'A pod mounts any Secret and runs as any ServiceAccount of its namespace, and owns its node where nothing forbids privileged pods.',
  fix: 'Let people change manifests in a repository and a controller apply them; enforce Pod Security restricted where pods are created.',
  references: {
    cis: cis('5.1.4'),
    nsa: NSA,
    mitre: ['T1610'],
    trivy: ['KSV-0048'],
    kubescape: ['C-0188'],
    kubeLinter: ['access-to-create-pods'],
    urls: [GOOD_PRACTICES],
  },
  example: {
    before: grantedInNamespace(ruleYaml('apps', 'deployments', 'create')),
    after: grantedInNamespace(ruleYaml('apps', 'deployments', 'get, list')),
  },
});

/** Of a pod its image can be changed, of a controller everything. */
export const workloadWrite = powerCheck('workload-write', {
  severity: 'Medium',
  title: 'Binding allows to change what pods run',
  why: 'A changed image or template runs with the Secrets and the ServiceAccount of the workload; a template can also make its pods privileged.',
  fix: 'Grant deployments/scale or another subresource where that is enough, or limit the rule by resourceNames.',
  references: { cis: cis('5.1.4'), nsa: NSA, mitre: ['T1525'], trivy: ['KSV-0048'] },
  example: {
    before: grantedInNamespace(ruleYaml('apps', 'deployments', 'patch')),
    after: grantedInNamespace(ruleYaml('apps', 'deployments/scale', 'patch')),
  },
});

/**
 * A rule on `pods/*` matches nothing, one on every `exec` subresource does. get counts up to v1.34: WebSockets are opened by
 * GET, and only since v1.35 does the API server ask for create too (KEP-4006). Roles with a `system:` name count unless they
 * are those that Kubernetes ships (Polaris lets off all).
 */
export const podExecAttach = powerCheck('pod-exec-attach', {
  severity: 'High',
  title: 'Binding allows to run commands in pods',
  why: 'Who runs commands in a pod reads its Secrets and its token, and does so past all that was reviewed.',
  fix: 'Remove pods/exec and pods/attach; give them for a limited time to those who must look into a pod.',
  references: {
    nsa: NSA,
    mitre: ['T1609'],
    trivy: ['KSV-0053', 'KSV-0054'],
    kubescape: ['C-0002'],
    polaris: [
      'clusterrolePodExecAttach',
      'rolePodExecAttach',
      'clusterrolebindingPodExecAttach',
      'rolebindingClusterRolePodExecAttach',
      'rolebindingRolePodExecAttach',
    ],
  },
  example: {
    before: grantedInNamespace(ruleYaml('', 'pods/exec', 'create')),
    after: grantedInNamespace(ruleYaml('', 'pods/log', 'get')),
  },
});

/** kubectl debug needs no more than this. */
export const podEphemeralContainersWrite = powerCheck('pod-ephemeral-containers-write', {
  severity: 'High',
  title: 'Binding allows to add containers to running pods',
  why: 'An added container runs any image beside the others, with their ServiceAccount, and privileged where nothing forbids it.',
  fix: 'Remove pods/ephemeralcontainers; give it for a limited time to those who must debug.',
  references: {
    nsa: NSA,
    mitre: ['T1609'],
    urls: ['https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/'],
  },
  example: {
    before: grantedInNamespace(ruleYaml('', 'pods/ephemeralcontainers', 'patch')),
    after: grantedInNamespace(ruleYaml('', 'pods/log', 'get')),
  },
});

/** The connection comes from the API server or the kubelet, which NetworkPolicies let through. */
export const podPortForward = powerCheck('pod-port-forward', {
  severity: 'Low',
  title: 'Binding allows to connect to pods through the API server',
  why: 'The connection passes by NetworkPolicies, and reaches ports that listen on localhost only.',
  fix: 'Remove pods/portforward and the proxy subresources; expose what is needed by a Service.',
  references: { nsa: NSA, mitre: ['T1090'], kubescape: ['C-0063'] },
  example: {
    before: grantedInCluster(ruleYaml('', 'pods/portforward', 'create')),
    after: grantedInCluster(ruleYaml('', 'pods/log', 'get')),
  },
});
