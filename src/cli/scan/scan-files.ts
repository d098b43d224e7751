import { isDeepStrictEqual } from 'node:util';
import type { SecurityReport } from '../../crds/index.ts';
import type { Assessed } from '../../controllers/assess/assess.ts';
import type { Scope } from '../../controllers/scope.ts';
import { parseSubjectKey, subjectKey, type SubjectKey } from '../../inventory/subject-key.ts';
import { foundIn } from './documents.ts';
import type { ExceptionBook } from './exceptions/book.ts';
import { exceptionsIn, takeExceptions } from './exceptions/from-files.ts';
import { prepare, type FileObject } from './file-object.ts';
import { createFileWorld, type FileWorld, type FileWorldOptions } from './file-world.ts';
import { reportAtFirstSight } from './first-sight.ts';
import { sourcesBehind } from './cluster-sources.ts';
import { readFile, type Take } from './read-file.ts';
import { textOf, type ScanFile } from './scan-file.ts';
import type { ScanEvent, ScanTotals } from './scan-event.ts';
import { isObject, type Json } from './shape.ts';
import { createLocator, reportOfFile, type Locator } from './sources.ts';
import { splitFile, type Chunk } from './yaml/split.ts';

export interface ScanFilesOptions extends Omit<FileWorldOptions, 'today'> {
  readonly scope: Scope;
  /** Where objects go that name no namespace; undefined if that is not known. */
  readonly namespace: string | undefined;
  /** Without any: those among the files are added. */
  readonly exceptions: ExceptionBook;
  /** Files with more exceptions; nothing else in them is judged. */
  readonly exceptionFiles: readonly ScanFile[];
  readonly now: Date;
}

type Counts = Pick<ScanTotals, 'files' | 'judged' | 'ignored'>;

/**
 * Judges the objects of files. It reads them twice: first to learn what there is, and then, in the same order, to judge each
 * and to find the places of what is wrong; so that memory follows what is kept of objects, not their texts.
 */
export function* scanFiles(files: readonly ScanFile[], options: ScanFilesOptions): Generator<ScanEvent, Counts> {
  const { namespace, exceptions, exceptionFiles } = options;
  const world = createFileWorld({ ...options, today: options.now.toISOString().slice(0, 10) });
  const total = files.length * 2;
  const byFile: FileObject[][] = [];
  let ignored = 0;
  yield* exceptionsIn(exceptionFiles, exceptions, { namespace, isForMore: true });
  const takeException = takeExceptions(exceptions, { namespace, isForMore: false });
  for (const [number, file] of files.entries()) {
    const objects: FileObject[] = [];
    byFile.push(objects);
    const takeObject = takeObjects(number, namespace, { world, objects });
    ignored += yield* readFile(file, (found, source) => takeException(found, source) ?? takeObject(found, source));
    yield { sort: 'step', done: number + 1, total };
  }
  exceptions.close();
  const judged = new Set<SubjectKey>();
  let reports = 0;
  for (const [number, file] of files.entries()) {
    reports += yield* judgeFile(file, byFile[number] ?? [], judged, world, options);
    yield { sort: 'step', done: files.length + number + 1, total };
  }
  yield* judgeCluster(files, world, options);
  yield* exceptions.hints();
  return { files: files.length, judged: reports, ignored };
}

/** Puts objects into the world if their name is free, and remembers them; those of kinds that nobody judges are of no use. */
function takeObjects(
  file: number,
  namespace: string | undefined,
  { world, objects }: { readonly world: FileWorld; readonly objects: FileObject[] },
): Take {
  return (found) => {
    const prepared = prepare(found, file, namespace);
    if (prepared === undefined) return undefined;
    const where = found.place;
    if ('problem' in prepared) {
      const { path, what } = prepared.problem;
      return { message: `${found.kind}: ${path} ${what}`, where, path };
    }
    const { object, value } = prepared;
    try {
      if (world.isFree(object)) world.put(object, value);
    } catch (error) {
      // Only a field of a wrong type, in a kind whose shape is not looked at before, can make it throw.
      const reason = error instanceof Error ? error.message : String(error);
      return { message: `${found.kind} ${object.name}: cannot be read: ${reason}`, where };
    }
    objects.push(object);
    return 'taken';
  };
}

/** What is at hand while the objects of one file are judged. */
interface Judging {
  readonly file: string;
  readonly chunks: readonly Chunk[];
  readonly locator: Locator;
  readonly world: FileWorld;
}

/**
 * Judges the objects of a file, in its order. In it a name means what the file itself defines by it, even if another file did
 * so before; and if it defines it twice, what it did last.
 */
function* judgeFile(
  file: ScanFile,
  objects: readonly FileObject[],
  judged: Set<SubjectKey>,
  world: FileWorld,
  options: ScanFilesOptions,
): Generator<ScanEvent, number> {
  let reports = 0;
  if (objects.length === 0) return reports;
  const text = textOf(file);
  const chunks = text instanceof Error ? [] : splitFile(text);
  const judging: Judging = { file: file.name, chunks, locator: createLocator(chunks), world };
  for (const object of firstOfEachName(objects)) putBack(object, judging, options);
  for (const object of objects) {
    putBack(object, judging, options);
    const subject = subjectToJudge(object, judging, judged, options);
    if (subject === undefined || !options.scope.covers(parseSubjectKey(subject))) continue;
    const report = reportOf(world.assess(subject, object), world, options);
    if (report === undefined) continue;
    judged.add(subject);
    reports += 1;
    const source = { file: file.name, ...judging.locator.locate(object.place, '') };
    yield { sort: 'report', report: reportOfFile(report, object, judging), source };
  }
  return reports;
}

/** The subject on whose behalf to judge now: an object's own, or that of its controller if nothing else speaks for it. */
function subjectToJudge(
  object: FileObject,
  judging: Judging,
  judged: ReadonlySet<SubjectKey>,
  options: ScanFilesOptions,
): SubjectKey | undefined {
  const { world } = judging;
  const subject = world.subjectOf(object);
  if (subject === undefined || object.foreign !== undefined || isNamed(object, subject)) return subject;
  if (world.has(subject) || judged.has(subject)) return undefined;
  // A pod tells of a controller that is not there; a ReplicaSet or a Job has a template of its own.
  if (object.kind === 'Pod') return subject;
  readAgain(object, judging, options, { isOwned: false });
  return world.subjectOf(object);
}

function isNamed(object: FileObject, subject: SubjectKey): boolean {
  const { kind, namespace, name } = parseSubjectKey(subject);
  return kind === object.kind && namespace === object.namespace && name === object.name;
}

function firstOfEachName(objects: readonly FileObject[]): Iterable<FileObject> {
  const byName = new Map<string, FileObject>();
  for (const object of objects) {
    const key = subjectKey('', object.kind, object.namespace, object.name);
    if (!byName.has(key)) byName.set(key, object);
  }
  return byName.values();
}

/** Gives an object its name back that another one has taken. */
function putBack(object: FileObject, judging: Judging, options: ScanFilesOptions): void {
  if (!judging.world.holds(object)) readAgain(object, judging, options);
}

/** Reads an object once more, and puts it in the place of what has its name now; as if nobody owned it, if that is asked. */
function readAgain(
  { place, file }: FileObject,
  { chunks, world }: Judging,
  { namespace }: ScanFilesOptions,
  { isOwned = true } = {},
): void {
  const chunk = chunks[place.chunk];
  if (chunk === undefined) return;
  for (const found of foundIn(chunk, place.chunk)) {
    if (found.sort !== 'object' || !isDeepStrictEqual(found.place, place)) continue;
    const value = isOwned ? found.value : withoutOwners(found.value);
    const prepared = prepare({ ...found, value }, file, namespace);
    if (prepared !== undefined && 'value' in prepared) world.put(prepared.object, prepared.value);
  }
}

const withoutOwners = (value: Json): Json => ({
  ...value,
  metadata: { ...(isObject(value['metadata']) && value['metadata']), ownerReferences: undefined },
});

/** A clean one too, so that none means "not judged". */
function reportOf(
  assessed: Assessed | undefined,
  marked: FileWorld,
  { exceptions, now }: ScanFilesOptions,
): SecurityReport | undefined {
  return assessed && reportAtFirstSight({ ...assessed, alwaysReported: true }, { exceptions, marked, now });
}

/** What is said of the cluster, if the files say anything of it; findings that come from an object have its place. */
function* judgeCluster(files: readonly ScanFile[], world: FileWorld, options: ScanFilesOptions): Iterable<ScanEvent> {
  const assessed = world.assessCluster();
  if (assessed === undefined) return;
  // That files are no cluster goes without saying.
  const undecided = assessed.undecided.filter(({ reason }) => reason === 'Malformed' || reason === 'Error');
  if (assessed.findings.length === 0 && undecided.length === 0) return;
  const report = reportOf({ ...assessed, undecided }, world, options);
  if (report === undefined) return;
  const sources = sourcesBehind(assessed, files, world.behind);
  const findings = report.findings.map((finding) => {
    const source = sources.get(finding.id);
    return source === undefined ? finding : { ...finding, source };
  });
  yield { sort: 'report', report: { ...report, findings }, source: undefined };
}
