import { GROUP } from '../../crds/index.ts';
import { CLUSTER_KEY, subjectKey, type Subject } from '../../inventory/subject-key.ts';
import type { Marker } from '../../reports/marker.ts';
import type { AssessDeps, Assessed } from './assess.ts';
import { assessCluster } from './cluster.ts';
import { assessConfigMap, assessIngress, assessNetworkPolicy, assessService } from './network-subjects.ts';
import {
  assessAdmissionWebhook,
  assessBinding,
  assessNamespace,
  assessNode,
  assessRole,
  assessServiceAccount,
  type Assess,
} from './subjects.ts';
import { assessWorkload } from './workload.ts';

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** Who judges what; every other kind is one that owns pods. */
const ASSESS: Readonly<Record<string, Assess>> = {
  '/ServiceAccount': assessServiceAccount,
  '/Node': assessNode,
  '/Namespace': assessNamespace,
  [`${RBAC}/Role`]: assessRole,
  [`${RBAC}/ClusterRole`]: assessRole,
  [`${RBAC}/RoleBinding`]: assessBinding,
  [`${RBAC}/ClusterRoleBinding`]: assessBinding,
  [`${ADMISSION}/ValidatingWebhookConfiguration`]: assessAdmissionWebhook,
  [`${ADMISSION}/MutatingWebhookConfiguration`]: assessAdmissionWebhook,
  '/Service': assessService,
  '/ConfigMap': assessConfigMap,
  'networking.k8s.io/Ingress': assessIngress,
  'networking.k8s.io/NetworkPolicy': assessNetworkPolicy,
};

/** Whether a subject is one that owns pods, or is a pod itself. */
export function isWorkload({ group, kind }: Pick<Subject, 'group' | 'kind'>): boolean {
  return !Object.hasOwn(ASSESS, `${group}/${kind}`) && group !== GROUP;
}

/** Judges one subject by what the inventory knows now; undefined if there is no such subject. */
export function assessSubject(subject: Subject, deps: AssessDeps, marker?: Marker): Assessed | undefined {
  const { group, kind, namespace, name } = subject;
  if (subjectKey(group, kind, namespace, name) === CLUSTER_KEY) return assessCluster(deps, marker);
  const assess = ASSESS[`${group}/${kind}`] ?? assessWorkload;
  return assess(subject, deps);
}
