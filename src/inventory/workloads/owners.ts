import { subjectKey, type SubjectKey } from '../subject-key.ts';
import { groupOf } from '../facts/object-ref.ts';

/** The ownerReference with `controller: true`. */
export interface ControllerRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** Controllers that people write, and that end the chain whoever owns them. */
const TOP_KINDS: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'batch/CronJob',
]);

/** Controllers that may themselves have one (a ReplicationController has in OpenShift). */
const MIDDLE_KINDS: ReadonlySet<string> = new Set(['apps/ReplicaSet', 'batch/Job', '/ReplicationController']);

function kindKey({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  return `${groupOf(apiVersion)}/${kind}`;
}

/** Whether a controller of this kind may itself have one. */
export function isMiddle({ group, kind }: { readonly group: string; readonly kind: string }): boolean {
  return MIDDLE_KINDS.has(`${group}/${kind}`);
}

/** How the owner of a pod leads to the object that a person would call its workload. */
export type OwnerSort = 'Self' | 'Top' | 'Middle' | 'Foreign';

/** A pod of a Node is a mirror pod and its own subject; a controller of unknown kind is known by its reference only. */
export function ownerSort(owner: Pick<ControllerRef, 'apiVersion' | 'kind'> | undefined): OwnerSort {
  if (owner === undefined || kindKey(owner) === '/Node') return 'Self';
  if (TOP_KINDS.has(kindKey(owner))) return 'Top';
  return MIDDLE_KINDS.has(kindKey(owner)) ? 'Middle' : 'Foreign';
}

/** The subject that an owner of this namespace is. */
export function ownerKey(owner: ControllerRef, namespace: string): SubjectKey {
  return subjectKey(groupOf(owner.apiVersion), owner.kind, namespace, owner.name);
}

/** The controller among the ownerReferences, as they stand in an object. */
export function controllerOf(ownerReferences: unknown): ControllerRef | undefined {
  if (!Array.isArray(ownerReferences)) return undefined;
  const references = ownerReferences as readonly (ControllerRef & { readonly controller?: boolean })[];
  const controller = references.find((reference) => reference.controller === true);
  if (controller === undefined) return undefined;
  const { apiVersion, kind, name, uid } = controller;
  return { apiVersion, kind, name, uid };
}
