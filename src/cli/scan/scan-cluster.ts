import type { Judgement, OnCheckError } from '../../checks/judge.ts';
import { judgesBy } from '../../checks/judges.ts';
import { compileParameters, type CheckParameters, type CompiledParameters } from '../../checks/parameters.ts';
import type { Selection } from '../../checks/selection.ts';
import type { AssessDeps } from '../../controllers/assess/assess.ts';
import { assessSubject } from '../../controllers/assess/assess-subject.ts';
import { createAvailability, type Unreadable } from '../../controllers/assess/availability.ts';
import { fetchTemplate } from '../../controllers/watching/fetch-template.ts';
import type { Scope } from '../../controllers/scope.ts';
import { apiName, listTargetOf, notAskedFor } from '../../controllers/watching/what-to-read.ts';
import { createInventory, type Inventory } from '../../inventory/inventory.ts';
import { CLUSTER_KEY, parseSubjectKey, type Subject, type SubjectKey } from '../../inventory/subject-key.ts';
import { WATCHED, watchName, type Kind, type OptionalRead, type Watched } from '../../inventory/watched.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { ServerVersion } from '../../kube/discovery.ts';
import { createRawObjectReader } from '../../kube/raw-object.ts';
import { readWhole } from '../cluster/read-whole.ts';
import { labelsOfNamespace, type ExceptionBook, type Marked } from './exceptions/book.ts';
import { exceptionsOfCluster } from './exceptions/from-cluster.ts';
import { exceptionsIn } from './exceptions/from-files.ts';
import type { ScanFile } from './scan-file.ts';
import { reportAtFirstSight } from './first-sight.ts';
import type { Scan, ScanEvent } from './scan-event.ts';

export interface ScanClusterOptions {
  readonly client: KubeClient;
  readonly server: ServerVersion;
  readonly selection: Selection;
  readonly podSecurityMinor: number;
  readonly parameters: CheckParameters;
  readonly scope: Scope;
  /** Which of the kinds that are read only on request are. */
  readonly optionalReads: readonly OptionalRead[];
  /** Without any: those of the cluster are read, too. */
  readonly exceptions: ExceptionBook;
  /** Files with exceptions that are not in the cluster. */
  readonly exceptionFiles: readonly ScanFile[];
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onCheckError: OnCheckError;
  /** Told of an object that cannot be read; it is left out. */
  readonly onSkipped: (what: string, error: unknown) => void;
}

/** Subjects judged between two looks at the clock and the signal. */
const SUBJECTS_PER_STEP = 200;

/** What was read of a cluster. */
interface Read {
  /** What the checks are told, as they want it. */
  readonly parameters: CompiledParameters;
  readonly inventory: Inventory<Judgement>;
  readonly unreadable: ReadonlyMap<Kind, Unreadable>;
}

/** Reads a cluster once, as the operator reads it, and judges it as that does at its first sight. It writes nothing. */
export async function* scanCluster(options: ScanClusterOptions): Scan {
  const read = yield* readCluster(options);
  const { exceptions, exceptionFiles } = options;
  yield* exceptionsOfCluster({ ...options, book: exceptions });
  yield* exceptionsIn(exceptionFiles, exceptions, { namespace: undefined, isForMore: false });
  exceptions.close();
  const judged = yield* judgeAll(read, options);
  yield* exceptions.hints();
  return { files: 0, judged, ignored: 0 };
}

async function* readCluster(options: ScanClusterOptions): AsyncGenerator<ScanEvent, Read> {
  const parameters = compileParameters(options.parameters);
  const unreadable = new Map<Kind, Unreadable>();
  const inventory = createInventory<Judgement>({
    ...judgesBy({ ...options, parameters }),
    onDirty: () => undefined,
    isReadable: (kind) => !unreadable.has(kind),
  });
  for (const [done, watched] of WATCHED.entries()) {
    yield { sort: 'step', done, total: WATCHED.length + 1 };
    const problem = await readKind(watched, inventory, options);
    if (problem !== undefined) unreadable.set(watched.kind, problem);
  }
  return { inventory, unreadable, parameters };
}

/** Answers how many subjects were judged. */
async function* judgeAll(
  { inventory, unreadable, parameters }: Read,
  options: ScanClusterOptions,
): AsyncGenerator<ScanEvent, number> {
  const { client, selection, podSecurityMinor, scope, signal, onCheckError, now, server, exceptions } = options;
  const deps: AssessDeps = {
    inventory,
    availability: createAvailability(
      (kind) => unreadable.get(kind),
      (kind) => !unreadable.has(kind),
    ),
    selection,
    server: () => ({ ...server, today: now.toISOString().slice(0, 10) }),
    podSecurityMinor,
    parameters,
    onCheckError,
  };
  const marked = markedIn(inventory);
  let judged = 0;
  const subjects = inOrder(inventory.subjects(), scope);
  for (const [index, subject] of subjects.entries()) {
    if (index % SUBJECTS_PER_STEP === 0) {
      yield { sort: 'step', done: WATCHED.length + index / subjects.length, total: WATCHED.length + 1 };
    }
    const version = inventory.workload(subject)?.missingTemplate;
    if (version !== undefined) await fetchTemplate(subject, version, { client, inventory, signal });
    const assessed = assessSubject(subject, deps);
    const report = assessed && reportAtFirstSight(assessed, { exceptions, marked, now });
    if (assessed !== undefined) judged += 1;
    if (report !== undefined) yield { sort: 'report', report, source: undefined };
  }
  return judged;
}

function markedIn({ marksOf, get }: Inventory<Judgement>): Marked {
  return {
    marksOf,
    namespaceLabels: (name) =>
      get('Namespace', '', name) === undefined ? undefined : labelsOfNamespace(marksOf, name),
  };
}

async function readKind(
  row: Watched,
  inventory: Inventory<Judgement>,
  { client, signal, onSkipped, optionalReads }: ScanClusterOptions,
): Promise<Unreadable | undefined> {
  const { kind, metadataOnly, optional } = row;
  if (optional !== undefined && !optionalReads.includes(optional)) return notAskedFor(kind);
  const { path, fieldSelector } = listTargetOf(row);
  const sink = inventory.sink(kind);
  const reader = createRawObjectReader();
  const upsert = (bytes: Buffer): void => {
    try {
      sink.upsert(reader.read(bytes));
    } catch (error) {
      onSkipped(kind, error);
    }
  };
  try {
    await readWhole({
      client,
      path,
      accept: metadataOnly ? 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1' : 'application/json',
      query: { fieldSelector },
      signal,
      onItem: upsert,
      onTooLarge: () => onSkipped(kind, new Error('the object is too large')),
    });
    return undefined;
  } catch (error) {
    return unreadableBy(error, row);
  }
}

/** What the checks are told of a kind that cannot be read; nothing if that tells that there are none. Throws on everything that is no answer about this kind. */
function unreadableBy(error: unknown, row: Watched): Unreadable | undefined {
  const name = apiName(watchName(row));
  if (error instanceof ApiError && error.code === 'Forbidden') {
    return { reason: 'PermissionDenied', message: `${name} may not be read: grant get, list and watch` };
  }
  if (error instanceof ApiError && error.code === 'NotFound') {
    // What stands in for another kind does not exist where it is not served.
    if (row.standsInFor !== undefined) return undefined;
    return { reason: 'ApiAbsent', message: `the API server does not serve ${name}` };
  }
  throw error;
}

const sortKey = ({ namespace, kind, name }: Subject): string => [namespace, kind, name].join('\0');

/** Every subject once: those of the cluster first, then namespace by namespace. */
function inOrder(keys: Iterable<SubjectKey>, scope: Scope): readonly Subject[] {
  const subjects = [...new Set(keys)].map(parseSubjectKey).filter((subject) => scope.covers(subject));
  const sorted = subjects.map((subject) => [sortKey(subject), subject] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return [parseSubjectKey(CLUSTER_KEY), ...sorted.map(([, subject]) => subject)];
}
