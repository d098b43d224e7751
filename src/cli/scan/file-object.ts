import { isAbout, type Kind, type Watched } from '../../inventory/watched.ts';
import type { Found, Place } from './documents.ts';
import { foreignTemplateOf, rightApiVersionOf, watchesOfManifest, type ForeignTemplate } from './kinds.ts';
import { standInName } from './stand-in-name.ts';
import { isObject, nameOf, shapeProblem, templateProblem, type Json, type ShapeProblem } from './shape.ts';

/** An object of a file as far as it is remembered: enough to find it again, and to tell it from others. */
export interface FileObject {
  /** Number of the file. */
  readonly file: number;
  readonly place: Place;
  /** The kind as which it is judged. */
  readonly kind: Kind;
  /** Others as which it is kept as well. Default none. */
  readonly otherKinds?: readonly Kind[];
  /** Empty for cluster-scoped objects. */
  readonly namespace: string;
  readonly name: string;
  /** As it is written, which may be an earlier version. */
  readonly apiVersion: string;
  readonly isNamespaceOpen: boolean;
  /** Set if it is judged by the template in it, as if by a pod that it controls. */
  readonly foreign?: ForeignTemplate;
}

/** An object that can be handed to the inventory, or why not; undefined for kinds that nobody judges. */
export type Prepared =
  { readonly object: FileObject; readonly value: Json } | { readonly problem: ShapeProblem } | undefined;

type FoundObject = Extract<Found, { readonly sort: 'object' }>;

/** What a cluster would have filled in. */
export const UNKNOWN_UID = 'unknown';
const DEFAULT_NAMESPACE = 'default';

/** Makes of an object in a file what the API server would hand out, as far as the inventory reads it. */
export function prepare(found: FoundObject, file: number, openNamespace: string | undefined): Prepared {
  const { apiVersion, kind } = found;
  const watches = watchesOfManifest(found);
  if (watches.length > 0) return prepareWatched(found, file, watches, openNamespace);
  const foreign = foreignTemplateOf(apiVersion, kind);
  if (foreign !== undefined) return prepareForeign(found, file, foreign, openNamespace);
  const right = rightApiVersionOf(apiVersion, kind);
  if (right === undefined) return undefined;
  return { problem: { path: 'apiVersion', what: `is ${apiVersion}, which has no such kind; write ${right}` } };
}

function prepareWatched(
  { apiVersion, value, place, kind: ownKind }: FoundObject,
  file: number,
  watches: readonly Watched[],
  openNamespace: string | undefined,
): Prepared {
  const problem = shapeProblem(ownKind, value);
  if (problem !== undefined) return { problem };
  const isNamespaced = watches.some(({ resource }) => resource.namespaced);
  const metadata = metadataOf(value, isNamespaced, openNamespace);
  const { name, namespace = '', isNamespaceOpen } = metadata;
  const [watched, ...others] = watches.filter((each) => isAbout(each, { namespace, name }));
  if (watched === undefined) return undefined;
  const prepared = { ...value, metadata: metadata.value };
  nameContainers(prepared);
  const otherKinds = others.map((other) => other.kind);
  const { kind } = watched;
  const object = { file, place, kind, namespace, name, apiVersion, isNamespaceOpen };
  return { object: otherKinds.length === 0 ? object : { ...object, otherKinds }, value: prepared };
}

function prepareForeign(
  found: FoundObject,
  file: number,
  foreign: ForeignTemplate,
  openNamespace: string | undefined,
): Prepared {
  const { apiVersion, kind, value, place } = found;
  const template = templateIn(value, foreign);
  const problem = shapeProblem(kind, value) ?? templateProblem(template, foreign.template.join('.'));
  if (problem !== undefined) return { problem };
  const { name: ownName, namespace = '', isNamespaceOpen } = metadataOf(value, true, openNamespace);
  const name = `${kind}/${ownName}`;
  const pod = podOf({ apiVersion, kind, name: ownName }, { namespace, name }, template);
  nameContainers(pod);
  return { object: { file, place, kind: 'Pod', namespace, name, apiVersion, isNamespaceOpen, foreign }, value: pod };
}

interface Metadata {
  readonly value: Json;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly isNamespaceOpen: boolean;
}

/** The metadata of an object as a cluster would have it: with its namespace, if it is of a kind that has one. */
export function metadataOf({ metadata }: Json, isNamespaced: boolean, openNamespace: string | undefined): Metadata {
  const given = isObject(metadata) ? metadata : {};
  const name = nameOf(given) ?? '';
  const isOpen = isNamespaced && (typeof given['namespace'] !== 'string' || given['namespace'] === '');
  const namespace = isOpen
    ? (openNamespace ?? DEFAULT_NAMESPACE)
    : isNamespaced
      ? String(given['namespace'])
      : undefined;
  const uid = typeof given['uid'] === 'string' ? given['uid'] : UNKNOWN_UID;
  return {
    value: { ...given, name, namespace, uid, ownerReferences: ownersOf(given) },
    name,
    namespace,
    isNamespaceOpen: isOpen && openNamespace === undefined,
  };
}

/** Owners are told apart by their uid, which who writes a manifest does not know. */
function ownersOf({ ownerReferences }: Json): unknown {
  if (!Array.isArray(ownerReferences)) return undefined;
  return ownerReferences.map((owner: Json) => ({
    ...owner,
    uid: typeof owner['uid'] === 'string' ? owner['uid'] : `${String(owner['kind'])}/${String(owner['name'])}`,
  }));
}

const templateIn = (value: Json, { template }: ForeignTemplate): unknown =>
  template.reduce((at: unknown, field) => (isObject(at) ? at[field] : undefined), value);

/** The pod by which a controller of a foreign kind is known in a cluster, too. */
function podOf(
  owner: Readonly<Record<'apiVersion' | 'kind' | 'name', string>>,
  { namespace, name }: Pick<FileObject, 'namespace' | 'name'>,
  template: unknown,
): Json {
  const { metadata, spec } = isObject(template) ? template : {};
  const { annotations, labels } = isObject(metadata) ? metadata : {};
  const ownerReferences = [{ ...owner, uid: [namespace, name].join('/'), controller: true }];
  return { metadata: { name, namespace, uid: UNKNOWN_UID, annotations, labels, ownerReferences }, spec };
}

const SPEC_PATHS: readonly (readonly string[])[] = [
  ['spec'],
  ['spec', 'template', 'spec'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
];

const SORTS = ['initContainers', 'containers', 'ephemeralContainers'];

/** The API server refuses containers without a name; examples of other tools have them, and they are judged all the same. */
function nameContainers(value: Json): void {
  for (const path of SPEC_PATHS) {
    const spec = path.reduce((at: unknown, field) => (isObject(at) ? at[field] : undefined), value);
    if (isObject(spec)) for (const sort of SORTS) nameAll(spec[sort]);
  }
}

function nameAll(containers: unknown): void {
  if (!Array.isArray(containers)) return;
  for (const [index, container] of containers.entries() as Iterable<[number, unknown]>) {
    if (isObject(container) && !container['name']) Object.assign(container, { name: standInName(index) });
  }
}
