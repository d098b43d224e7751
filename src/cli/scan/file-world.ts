import { isDeepStrictEqual } from 'node:util';
import type { Judged, Judgement, OnCheckError } from '../../checks/judge.ts';
import { judgesBy } from '../../checks/judges.ts';
import { selectionForFiles } from '../../checks/in-files.ts';
import type { ApiUse } from '../../checks/check.ts';
import { compileParameters, type CheckParameters } from '../../checks/parameters.ts';
import type { Selection } from '../../checks/selection.ts';
import type { AssessDeps, Assessed } from '../../controllers/assess/assess.ts';
import { assessSubject } from '../../controllers/assess/assess-subject.ts';
import type { Availability } from '../../controllers/assess/availability.ts';
import { createInventory, type Inventory } from '../../inventory/inventory.ts';
import { CONTROLLER_KINDS, CONTROLLERS, isControllerKind } from '../../inventory/stores.ts';
import {
  CLUSTER_KEY,
  parseSubjectKey,
  subjectKey,
  type Subject,
  type SubjectKey,
} from '../../inventory/subject-key.ts';
import { subjectOfController, subjectOfPod, type OwnerSources } from '../../inventory/workloads/top-controller.ts';
import { WATCHED, type Kind } from '../../inventory/watched.ts';
import { createRawObjectReader, type RawObject } from '../../kube/raw-object.ts';
import { behind, type Behind } from './behind-cluster.ts';
import { labelsOfNamespace, type Marked } from './exceptions/book.ts';
import type { FileObject } from './file-object.ts';
import type { Json } from './shape.ts';

export interface FileWorldOptions {
  readonly selection: Selection;
  readonly podSecurityMinor: number;
  readonly parameters: CheckParameters;
  /** The files are all there is: what is in none of them does not exist. */
  readonly isComplete: boolean;
  /** The day of judgement in UTC, `YYYY-MM-DD`. */
  readonly today: string;
  readonly onCheckError: OnCheckError;
}

/** The little cluster that all objects of the files form. */
export interface FileWorld extends Marked {
  /** Puts an object into it, in place of another of the same kind and name. Throws on what cannot be read. */
  readonly put: (object: FileObject, value: Json) => void;
  /** Whether it is this object that the world has under its name. */
  readonly holds: (object: FileObject) => boolean;
  /** Whether nothing of that kind and name is in it yet. */
  readonly isFree: (object: FileObject) => boolean;
  /** The subject that the object belongs to; undefined if it belongs to none, as it has ended. */
  readonly subjectOf: (object: FileObject) => SubjectKey | undefined;
  /** Whether the object of a subject is itself among the files. */
  readonly has: (subject: SubjectKey) => boolean;
  /** Judges a subject, on behalf of an object of its. */
  readonly assess: (subject: SubjectKey, object: FileObject) => Assessed | undefined;
  /** Judges what belongs to no single object. */
  readonly assessCluster: () => Assessed | undefined;
  /** The object that a finding on the cluster comes from, if it is one. */
  readonly behind: (found: Judged) => Behind | undefined;
}

/** Nothing can be out of sight in files: what the checks cannot know they say themselves. */
const ALL_IN_SIGHT: Availability = {
  isBlocked: () => false,
  isInSight: () => true,
  arePodsSeen: () => true,
  isReadable: () => true,
  undecided: () => [],
};

const WORKLOAD_KINDS: readonly Kind[] = ['Pod', ...CONTROLLER_KINDS];

const keyOf = ({ kind, namespace, name }: FileObject): string => [kind, namespace, name].join('|');

function isSameObject(a: FileObject | undefined, b: FileObject): boolean {
  return a?.file === b.file && isDeepStrictEqual(a.place, b.place);
}

/** A world without objects. */
export function createFileWorld({
  selection,
  podSecurityMinor,
  parameters: given,
  isComplete,
  today,
  onCheckError,
}: FileWorldOptions): FileWorld {
  const parameters = compileParameters(given);
  const kinds = new Set<Kind>();
  const holders = new Map<string, FileObject>();
  const apiUses = new Map<string, ApiUse>();
  let current: FileObject | undefined;
  const inFiles = selectionForFiles(selection, {
    isProvided: (kind) =>
      isComplete || (kind === 'Pod' ? WORKLOAD_KINDS.some((each) => kinds.has(each)) : kinds.has(kind)),
    isComplete,
    isNamespaceOpen: () => current?.isNamespaceOpen === true,
  });
  const kubeletChecks = new Set(inFiles.of('kubelet').map(({ id }) => id));
  const inventory = createInventory<Judgement>({
    ...judgesBy({ selection: inFiles, podSecurityMinor, parameters, onCheckError }),
    trustStaticPods: true,
    onDirty: () => undefined,
    // Each object is judged once all are there.
    isLoading: () => true,
    // An owner that is not among the files is known by its reference.
    isReadable: () => false,
  });
  const owners = ownerSources(inventory);
  const toRaw = createSerializer();
  const deps: AssessDeps = {
    inventory,
    availability: ALL_IN_SIGHT,
    selection: inFiles,
    server: () => ({ major: 1, minor: podSecurityMinor, gitVersion: `v1.${podSecurityMinor}.0`, today }),
    apiUses: () => [...apiUses.values()],
    podSecurityMinor,
    parameters,
    onCheckError,
  };

  function assess(key: SubjectKey, object: FileObject | undefined): Assessed | undefined {
    current = object;
    return assessSubject(parseSubjectKey(key), deps);
  }

  return {
    put(object, value) {
      const raw = toRaw(value);
      for (const kind of [object.kind, ...(object.otherKinds ?? [])]) {
        inventory.sink(kind).upsert(raw);
        kinds.add(kind);
      }
      holders.set(keyOf(object), object);
      apiUses.set(`${object.apiVersion}/${object.kind}`, { apiVersion: object.apiVersion, kind: object.kind });
      adoptTemplate(object, inventory, raw);
    },
    holds: (object) => isSameObject(holders.get(keyOf(object)), object),
    isFree: (object) => !holders.has(keyOf(object)),
    subjectOf: (object) => subjectOf(object, inventory, owners),
    has(key) {
      const { kind, namespace, name } = parseSubjectKey(key);
      return holders.has([kind, namespace, name].join('|'));
    },
    marksOf: inventory.marksOf,
    namespaceLabels: (name) =>
      holders.has(['Namespace', '', name].join('|')) ? labelsOfNamespace(inventory.marksOf, name) : undefined,
    assess,
    assessCluster: () => assess(CLUSTER_KEY, undefined),
    behind: (found) => behind(found, [...holders.values()], kubeletChecks, inventory),
  };
}

/**
 * Values as the bytes that the inventory reads. All share one buffer, as each is read before the next comes: buffers of their own
 * would pile up until the garbage collector minds what lies outside its heap.
 */
function createSerializer(): (value: Json) => RawObject {
  const reader = createRawObjectReader();
  let scratch = Buffer.allocUnsafe(64 * 1024);
  return (value) => {
    const text = JSON.stringify(value);
    // No character of UTF-16 takes more than three bytes in UTF-8.
    if (text.length * 3 > scratch.length) scratch = Buffer.allocUnsafe(text.length * 3);
    return reader.read(scratch.subarray(0, scratch.write(text)));
  };
}

/** Of ReplicaSets a cluster is asked for metadata only, and for the template of the few that nobody owns. */
function adoptTemplate({ kind, namespace, name }: FileObject, inventory: Inventory<Judgement>, raw: RawObject): void {
  if (!isControllerKind(kind)) return;
  const subject: Subject = { group: CONTROLLERS[kind].group, kind, namespace, name };
  const missing = inventory.workload(subject)?.missingTemplate;
  if (missing !== undefined) inventory.adoptTemplate(subject, missing, raw);
}

function ownerSources(inventory: Inventory<Judgement>): OwnerSources {
  return {
    controller: ({ group, kind, namespace, name }) =>
      isControllerKind(kind) && CONTROLLERS[kind].group === group ? inventory.get(kind, namespace, name) : undefined,
    isReadable: () => false,
  };
}

function subjectOf(
  { kind, namespace, name }: FileObject,
  inventory: Inventory<Judgement>,
  owners: OwnerSources,
): SubjectKey | undefined {
  if (kind === 'Pod') {
    const pod = inventory.get('Pod', namespace, name);
    return pod === undefined ? undefined : subjectOfPod(namespace, name, pod, owners);
  }
  if (isControllerKind(kind)) {
    const facts = inventory.get(kind, namespace, name);
    return facts === undefined ? undefined : subjectOfController(facts);
  }
  const group = WATCHED.find((watched) => watched.kind === kind)?.resource.group ?? '';
  return subjectKey(group, kind, namespace, name);
}
