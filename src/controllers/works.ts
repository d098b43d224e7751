import { CATALOGUE } from '../checks/catalogue.ts';
import type { Judgement, OnCheckError } from '../checks/judge.ts';
import { judgesBy } from '../checks/judges.ts';
import { compileParameters } from '../checks/parameters.ts';
import { createInventory, type Inventory } from '../inventory/inventory.ts';
import { parseSubjectKey, type SubjectKey } from '../inventory/subject-key.ts';
import { violationChanges } from '../reports/counts/violation-changes.ts';
import { createReportRecords, type OnRecordChange, type ReportRecords } from '../reports/records.ts';
import { createReportWriter, type ReportWriter, type WriteHooks } from '../reports/write.ts';
import { assessSubject } from './assess/assess-subject.ts';
import { createAvailability } from './assess/availability.ts';
import { createCompliance, type Compliance } from './compliance.ts';
import { createExceptions, type Exceptions, type ExceptionsOptions } from './exceptions/exceptions.ts';
import { createStatusWriter } from './exceptions/status-writer.ts';
import type { EngineOptions } from './engine-options.ts';
import type { FollowUp } from './follow-up.ts';
import { createKubelets, type Kubelets } from './kubelets/kubelets.ts';
import { fetchTemplate } from './watching/fetch-template.ts';
import type { FirstPass } from './first-pass.ts';
import type { ReconcileDeps } from './reconcile.ts';
import { createRestoration, type Restoration } from './restoration.ts';
import { createScope, type Scope } from './scope.ts';
import { createScopeWatch, type ScopeWatch } from './scope-watch.ts';
import { startWatching, type Watching } from './watching/watching.ts';

function checkErrors({ hooks, logger }: Pick<EngineOptions, 'hooks' | 'logger'>): OnCheckError {
  return (check, error) => {
    hooks.onCheckError(check);
    logger.error('a check failed on an object; it is reported as unknown', { check, error });
  };
}

/** What was there before the first pass is no news, and what a restart finds missing was not seen to go. */
function writeHooks({ hooks, firstPass }: WorksOptions): WriteHooks {
  return {
    onSize: hooks.onReportSize,
    onDelay: hooks.onWriteDelay,
    onChange: (before, after) => {
      if (firstPass.isDone()) hooks.onViolations(violationChanges(before, after));
    },
  };
}

/** The parts that judge and write, wired to each other. */
export interface Works {
  readonly inventory: Inventory<Judgement>;
  readonly scope: Scope;
  readonly scopeWatch: ScopeWatch;
  readonly records: ReportRecords;
  readonly writer: ReportWriter;
  readonly restoration: Restoration;
  readonly watching: Watching;
  readonly deps: ReconcileDeps;
  readonly exceptions: Exceptions;
  /** Absent where kubelets are not asked. */
  readonly kubelets: Kubelets | undefined;
  /** Something was judged: what follows from it for compliance and exceptions is written soon. */
  readonly touch: () => void;
  /** Everything has been judged once: writes what follows from that, and from now on what follows from each change. */
  readonly sumUp: () => Promise<void>;
  readonly follow: () => void;
  /** Ends the work under way. */
  readonly stop: () => Promise<void>;
}

export interface WorksOptions extends EngineOptions {
  readonly firstPass: FirstPass;
  readonly onRecordChange: OnRecordChange;
  readonly add: (key: SubjectKey) => void;
  readonly onReadableChange: () => void;
  readonly isLeading: () => boolean;
  readonly isBehind: () => boolean;
}

const CHECK_IDS: ReadonlySet<string> = new Set(CATALOGUE.map(({ id }) => id));

/** The exceptions, and who says in their status what they came to. */
function exceptionWorks(
  options: WorksOptions,
  parts: Pick<ExceptionsOptions, 'inventory' | 'records'>,
): { readonly exceptions: Exceptions; readonly exceptionStatus: FollowUp } {
  const exceptions = createExceptions({
    ...options,
    ...parts,
    policy: options.exceptionPolicy,
    isCheck: (id) => CHECK_IDS.has(id),
    onDirty: options.add,
    onChange: () => exceptionStatus.touch(),
  });
  const exceptionStatus = createStatusWriter({ ...options, exceptions, onExpired: options.hooks.onExceptionExpired });
  return { exceptions, exceptionStatus };
}

interface DepsParts
  extends
    Omit<WorksOptions, 'scope'>,
    Pick<Works, 'scope' | 'inventory' | 'records' | 'writer' | 'watching' | 'kubelets'> {
  readonly compliance: Compliance;
  readonly exceptions: Exceptions;
}

/** What working on a subject needs of the parts. */
function reconcileDeps(parts: DepsParts): ReconcileDeps {
  const { client, scope, selection, podSecurityMinor, signal, now, firstPass, hooks } = parts;
  const { inventory, records, writer, watching, compliance, exceptions, kubelets } = parts;
  const { unreadable, isReadable } = watching;
  return {
    inventory,
    availability: createAvailability(unreadable, isReadable, kubelets === undefined ? 'KubeletConfig' : 'Node'),
    ...(kubelets !== undefined && { kubelets }),
    scope,
    selection,
    records,
    writer,
    server: () => ({ ...parts.server, today: now().toISOString().slice(0, 10) }),
    podSecurityMinor,
    parameters: compileParameters(parts.parameters),
    onCheckError: checkErrors(parts),
    memory: firstPass.memoryFor,
    marker: firstPass.marker,
    now,
    exceptions,
    areExceptionsKnown: watching.areExceptionsKnown,
    onJudged: compliance.onJudged,
    nowMs: parts.timers.now,
    onScanned: hooks.onScanned,
    outbox: parts.outbox,
    onStored: hooks.onStored,
    fetchTemplate: (subject, version) => fetchTemplate(subject, version, { client, inventory, signal }),
  };
}

/** What is in scope, by what is known of namespaces. */
function scopeWorks(
  { scope: options, firstPass, add }: WorksOptions,
  { get, marksOf, subjects }: Inventory<Judgement>,
): Pick<Works, 'scope' | 'scopeWatch'> {
  const scope = createScope(options, (name) => {
    const isKnown = get('Namespace', '', name) !== undefined;
    return isKnown ? marksOf({ group: '', kind: 'Namespace', namespace: '', name }).labels : undefined;
  });
  return { scope, scopeWatch: createScopeWatch({ scope, subjects, enter: firstPass.enter, add }) };
}

/** Those who write what follows from all judgements, as one. */
function inStep(summaries: readonly FollowUp[]): Pick<Works, 'touch' | 'sumUp' | 'follow' | 'stop'> {
  return {
    touch: () => summaries.forEach((each) => each.touch()),
    sumUp: async () => void (await Promise.all(summaries.map((each) => each.lead()))),
    follow: () => summaries.forEach((each) => each.follow()),
    stop: async () => void (await Promise.all(summaries.map((each) => each.stop()))),
  };
}

/** Makes the parts and starts to watch. Nothing is written by itself. */
export function startWorks(options: WorksOptions): Works {
  const { timers, signal, hooks, add } = options;
  const parameters = compileParameters(options.parameters);
  const inventory = createInventory<Judgement>({
    ...judgesBy({ ...options, parameters, onCheckError: checkErrors(options) }),
    onDirty(key) {
      add(key);
      const { group, kind, name } = parseSubjectKey(key);
      if (group !== '' || kind !== 'Namespace') return;
      exceptions.onNamespace(name);
      scopeWatch.onNamespace(name, inventory.get('Namespace', '', name) !== undefined);
    },
    isReadable: (kind) => watching.isReadable(kind),
    isLoading: () => !watching.isSettled(),
  });
  const { scope, scopeWatch } = scopeWorks(options, inventory);
  const compliance = createCompliance({
    ...options,
    onWrite: (result) => hooks.onWrite(result, undefined),
    isReadable: () => watching.isComplianceReadable(),
  });
  const { exceptions, exceptionStatus } = exceptionWorks(options, {
    inventory: () => inventory,
    records: () => records.entries(),
  });
  const restoration = createRestoration({
    restore: add,
    isThere: (key) => assessSubject(parseSubjectKey(key), deps) !== undefined,
    timers,
    signal,
  });
  const records = createReportRecords({
    onForeignChange: add,
    onDeleted: restoration.onDeleted,
    onChange(key, before, after) {
      options.onRecordChange(key, before, after);
      compliance.onRecordChange(key, before, after);
      hooks.onRecordChange(key, before, after);
    },
    isAuthor: options.isLeading,
    remembersContainers: options.remembersContainers,
  });
  const writer = createReportWriter({ ...options, records, writeHooks: writeHooks(options) });
  const watching = startWatching({
    ...options,
    inventory,
    records,
    compliance: compliance.sink,
    exceptions: exceptions.sink,
    hooks: hooks.reflector,
  });
  const kubelets = createKubelets({ ...options, inventory, onDirty: add, begin: watching.settled });
  const parts = { inventory, scope, scopeWatch, records, writer, restoration, watching, kubelets };
  const deps = reconcileDeps({ ...options, ...parts, compliance, exceptions });
  return { ...parts, exceptions, deps, ...inStep([compliance, exceptionStatus]) };
}
