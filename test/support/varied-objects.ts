import { loadAll } from 'js-yaml';
import type { Manifest } from './manifests.ts';

/**
 * Namespaces for the objects, which exist already. Only the first has pods. They are several, as whatever makes a workload be
 * judged anew also makes good what an earlier change should have done.
 */
export interface VariedNamespaces {
  readonly shop: string;
  readonly idle: string;
  readonly sized: string;
}

/**
 * How many pods there are in the end: of the Deployments (2 + 1), the StatefulSet, the Job, the ReplicaSet, the
 * ReplicationController, the Rollout (2), and the one without a controller.
 */
export const VARIED_PODS = 10;

/**
 * Objects of about every kind that is judged, or decides how another is. The API server itself does not mind their order: what
 * it writes into pods when they are created (limits, tokens) hangs only on what they cannot be created without. LimitRanges
 * and the ServiceAccount `default` are therefore changed only where no pods are.
 */
export function variedObjects(names: VariedNamespaces): readonly Manifest[] {
  const yaml = [namespaces, accounts, grants, workloads, pods, surroundings].map((part) => part(names));
  return loadAll(yaml.join('---')) as Manifest[];
}

type Part = (namespaces: VariedNamespaces) => string;

const namespaces: Part = ({ shop, idle, sized }) => `
{apiVersion: v1, kind: Namespace, metadata: {name: ${shop}, labels: {
  pod-security.kubernetes.io/enforce: privileged, pod-security.kubernetes.io/warn: baseline}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: ${idle}, labels: {pod-security.kubernetes.io/enforce: restricted}}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: defaults, namespace: ${sized}}
spec: {limits: [{type: Container, default: {memory: 1Gi}, defaultRequest: {cpu: 100m}}]}
---
{apiVersion: v1, kind: ResourceQuota, metadata: {name: few, namespace: ${sized}}, spec: {hard: {services: 50}}}
`;

const accounts: Part = ({ shop, idle }) => `
{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot, namespace: ${shop}}}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: mute, namespace: ${shop}}, automountServiceAccountToken: false}
---
{apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: ${idle}}, automountServiceAccountToken: false}
`;

const RBAC = 'apiVersion: rbac.authorization.k8s.io/v1';
const roleRef = (kind: string, name: string): string =>
  `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: ${name}}`;
const robot = (namespace: string): string => `{kind: ServiceAccount, name: robot, namespace: ${namespace}}`;
const group = (name: string): string => `{kind: Group, apiGroup: rbac.authorization.k8s.io, name: '${name}'}`;

/** The names of what has no namespace end in that of one, so that no other suite has them. */
const grants: Part = ({ shop, idle }) => `
${RBAC}
kind: ClusterRole
metadata: {name: all-of-it-${shop}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {part-of: ${shop}}}]}
---
${RBAC}
kind: ClusterRole
metadata: {name: exec-${shop}, labels: {part-of: ${shop}}}
rules: [{apiGroups: [''], resources: [pods/exec, pods], verbs: [create, get]}]
---
${RBAC}
kind: ClusterRole
metadata: {name: bind-${shop}, labels: {part-of: ${shop}}}
rules: [{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind, escalate]}]
---
${RBAC}
kind: ClusterRole
metadata: {name: unused-${shop}}
rules: [{nonResourceURLs: ['*'], verbs: [get]}, {apiGroups: ['*'], resources: ['*'], verbs: ['*']}]
---
{${RBAC}, kind: ClusterRoleBinding, metadata: {name: robot-${shop}}, ${roleRef('ClusterRole', `all-of-it-${shop}`)}, subjects: [${robot(shop)}]}
---
{${RBAC}, kind: ClusterRoleBinding, metadata: {name: nobody-${shop}}, ${roleRef('ClusterRole', 'not-there')}, subjects: [${robot(idle)}]}
---
{${RBAC}, kind: Role, metadata: {name: secrets, namespace: ${shop}}, rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]}
---
{${RBAC}, kind: RoleBinding, metadata: {name: secrets, namespace: ${shop}}, ${roleRef('Role', 'secrets')}, subjects: [${robot(shop)}]}
---
{${RBAC}, kind: RoleBinding, metadata: {name: all, namespace: ${shop}}, ${roleRef('ClusterRole', 'edit')}, subjects: [${group(`system:serviceaccounts:${shop}`)}]}
---
{${RBAC}, kind: RoleBinding, metadata: {name: across, namespace: ${idle}}, ${roleRef('ClusterRole', `exec-${shop}`)}, subjects: [${robot(shop)}]}
`;

const selected = (app: string): string => `selector: {matchLabels: {app: ${app}}}`;
const template = (app: string, spec: string): string =>
  `template: {metadata: {labels: {app: ${app}}}, spec: {${spec}}}`;
const CARELESS = 'containers: [{name: app, image: registry.example/app}]';
const CAREFUL = `
  automountServiceAccountToken: false,
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}},
  containers: [{
    name: app,
    image: 'registry.example/app:1.2.3',
    resources: {limits: {memory: 64Mi, cpu: 1}, requests: {memory: 64Mi, cpu: 10m}},
    securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}}]`;
const PRIVILEGED = `
  hostPID: true,
  volumes: [{name: host, hostPath: {path: /}}],
  initContainers: [{name: setup, image: 'registry.example/setup:latest', securityContext: {privileged: true}}],
  containers: [{name: app, image: 'registry.example/app:1', volumeMounts: [{name: host, mountPath: /host}]}]`;

const workloads: Part = ({ shop, idle, sized }) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${shop}}
spec: {replicas: 2, ${selected('web')}, ${template('web', `serviceAccountName: robot, ${CARELESS}`)}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: ${shop}}
spec: {replicas: 1, ${selected('api')}, ${template('api', `serviceAccountName: mute, ${CAREFUL}`)}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: limited, namespace: ${sized}}
spec: {replicas: 0, ${selected('limited')}, ${template('limited', CARELESS)}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: asleep, namespace: ${idle}}
spec: {replicas: 0, ${selected('asleep')}, ${template('asleep', CARELESS)}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: ${shop}}
spec: {serviceName: db, ${selected('db')}, ${template('db', CARELESS)}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: ${shop}}
spec: {${selected('agent')}, ${template('agent', PRIVILEGED)}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: ${shop}}
spec: {${template('migrate', `restartPolicy: Never, ${CARELESS}`)}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: ${idle}}
spec: {schedule: '0 3 * * *', suspend: true, jobTemplate: {spec: {${template('nightly', `restartPolicy: Never, ${PRIVILEGED}`)}}}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: bare, namespace: ${shop}}
spec: {${selected('bare')}, ${template('bare', CAREFUL)}}
---
apiVersion: v1
kind: ReplicationController
metadata: {name: old, namespace: ${shop}}
spec: {${template('old', CARELESS)}}
`;

/** Whose kind is not served, so that only its pods tell of it. */
const rollout = (name: string): string =>
  `{apiVersion: rollouts.example/v1, kind: Rollout, name: ${name}, uid: 00000000-0000-4000-8000-000000000001, controller: true}`;

const pods: Part = ({ shop }) => `
{apiVersion: v1, kind: Pod, metadata: {name: debug, namespace: ${shop}}, spec: {${PRIVILEGED}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: canary-1, namespace: ${shop}, labels: {app: canary}, ownerReferences: [${rollout('canary')}]}, spec: {${CAREFUL}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: canary-2, namespace: ${shop}, labels: {app: canary}, ownerReferences: [${rollout('canary')}]}, spec: {${PRIVILEGED}}}
`;

const surroundings: Part = ({ shop, idle }) => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: ${shop}}
spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [api, db]}]}, policyTypes: [Ingress, Egress]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: allow, namespace: ${shop}}
spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{namespaceSelector: {}}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: selects-none, namespace: ${idle}}
spec: {podSelector: {matchLabels: {app: gone}}, ingress: [{}]}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: ${shop}}, spec: {selector: {app: web}, externalIPs: [198.51.100.7], ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: nothing, namespace: ${shop}}, spec: {selector: {app: gone}, type: NodePort, ports: [{port: 80}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: ${shop}}
spec: {rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: ${shop}}, data: {DB_PASSWORD: correct-horse, COLOUR: red}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: claim, namespace: ${idle}}
spec: {accessModes: [ReadWriteOnce], storageClassName: none-${shop}, resources: {requests: {storage: 1Gi}}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk-${shop}}
spec: {accessModes: [ReadWriteOnce], storageClassName: other-${shop}, capacity: {storage: 1Gi}, hostPath: {path: /srv}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: lenient-${shop}}
webhooks:
  - name: lenient.plimsoll.example
    failurePolicy: Ignore
    sideEffects: None
    admissionReviewVersions: [v1]
    clientConfig: {service: {name: not-there, namespace: ${shop}}}
    rules: [{apiGroups: [not.example], apiVersions: [v1], operations: [CREATE], resources: [things]}]
`;
