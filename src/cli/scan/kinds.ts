import { groupOf } from '../../inventory/facts/object-ref.ts';
import { WATCHED, watchesOf, type Watched } from '../../inventory/watched.ts';
import { apiVersionOf } from '../../kube/resource.ts';

/** The group that once served a kind, and from which manifests still come, and that of today. Their objects mean the same. */
const EARLIER_GROUP = 'extensions';
const GROUPS_OF_TODAY: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'apps'],
  ['DaemonSet', 'apps'],
  ['ReplicaSet', 'apps'],
  ['Ingress', 'networking.k8s.io'],
  ['NetworkPolicy', 'networking.k8s.io'],
]);

/** A kind that is not read in a cluster, where its pods tell of it, but whose manifest has a template for them. */
export interface ForeignTemplate {
  readonly group: string;
  readonly kind: string;
  /** Path of the pod template. */
  readonly template: readonly string[];
}

const FOREIGN_TEMPLATES: readonly ForeignTemplate[] = [
  { group: '', kind: 'PodTemplate', template: ['template'] },
  { group: 'apps.openshift.io', kind: 'DeploymentConfig', template: ['spec', 'template'] },
  // Before OpenShift had groups.
  { group: '', kind: 'DeploymentConfig', template: ['spec', 'template'] },
  { group: 'argoproj.io', kind: 'Rollout', template: ['spec', 'template'] },
];

/**
 * The kinds as which an object of any version of its group is kept, its own first; none for kinds that nobody judges. An object may
 * be kept as more than one.
 */
export function watchesOfManifest({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): readonly Watched[] {
  const written = groupOf(apiVersion);
  const today = written === EARLIER_GROUP ? (GROUPS_OF_TODAY.get(kind) ?? written) : written;
  return watchesOf(today, kind).toSorted((a, b) => Number(b.kind === kind) - Number(a.kind === kind));
}

/** How a kind that is not watched holds its pod template; undefined for all others. */
export function foreignTemplateOf(apiVersion: string, kind: string): ForeignTemplate | undefined {
  const group = groupOf(apiVersion);
  return FOREIGN_TEMPLATES.find((each) => each.kind === kind && each.group === group);
}

/**
 * Where a kind is served that an object looks for in the wrong place; undefined if there may be one of that name. Groups of other
 * projects are domains, so that a group without a dot holds only what Kubernetes puts into it.
 */
export function rightApiVersionOf(apiVersion: string, kind: string): string | undefined {
  if (groupOf(apiVersion).includes('.')) return undefined;
  const own = WATCHED.find(({ resource, standsInFor }) => resource.kind === kind && standsInFor === undefined);
  return own && apiVersionOf(own.resource);
}
