import { groupOf } from '../../inventory/facts/object-ref.ts';
import { WATCHED, type Watched } from '../../inventory/watched.ts';

/** Groups that served a kind earlier, and from which manifests still come. Their objects mean what those of today mean. */
const EARLIER_GROUPS: Readonly<Record<string, string>> = {
  Deployment: 'extensions',
  DaemonSet: 'extensions',
  ReplicaSet: 'extensions',
  Ingress: 'extensions',
  NetworkPolicy: 'extensions',
};

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

/** The kind that judges an object of any version of its group; undefined for kinds that nobody judges. */
export function watchedKindOf(apiVersion: string, kind: string): Watched | undefined {
  const group = groupOf(apiVersion);
  return WATCHED.find(
    (watched) =>
      watched.resource.kind === kind &&
      (watched.resource.group === group || (Object.hasOwn(EARLIER_GROUPS, kind) && EARLIER_GROUPS[kind] === group)),
  );
}

/** How a kind that is not watched holds its pod template; undefined for all others. */
export function foreignTemplateOf(apiVersion: string, kind: string): ForeignTemplate | undefined {
  const group = groupOf(apiVersion);
  return FOREIGN_TEMPLATES.find((each) => each.kind === kind && each.group === group);
}
