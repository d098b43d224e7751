import type { SecurityExceptionStatus } from '../../crds/index.ts';
import type { SubjectKey, Subject } from '../../inventory/subject-key.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { UNMARKED } from '../../inventory/facts/marks.ts';
import type { ReflectorSink } from '../../kube/reflector-api.ts';
import type { Timers } from '../../kube/timers.ts';
import type { Exception, ExceptionKind } from '../../reports/exceptions/exception.ts';
import { standingOf } from '../../reports/exceptions/policy.ts';
import { suppressing, type SuppressRules, type Suppressing } from '../../reports/exceptions/suppress.ts';
import { reportNamespace, type ReportKey } from '../../reports/naming.ts';
import type { ReportRecord } from '../../reports/records.ts';
import { createAlarm } from './alarm.ts';
import { createExceptionStore, keyOfException, type ExceptionKey, type StoredException } from './exception-store.ts';
import { createMatches, type Matches } from './matches.ts';
import type { Outcome } from './status.ts';

export interface ExceptionsOptions extends SuppressRules {
  readonly inventory: () => Pick<Inventory<unknown>, 'marksOf'>;
  /** The reports that there are: only what is in one can be under an exception. */
  readonly records: () => Iterable<readonly [ReportKey, ReportRecord]>;
  /** An exception that concerns the subject came, went, was changed or has ended. */
  readonly onDirty: (subject: SubjectKey) => void;
  /** Something that is said of exceptions may have changed. */
  readonly onChange: () => void;
  readonly now: () => Date;
  readonly timers: Pick<Timers, 'sleep'>;
  readonly signal: AbortSignal;
}

/** The exceptions of the cluster, and what they do. */
export interface Exceptions {
  readonly sink: (kind: ExceptionKind) => ReflectorSink;
  /** What is said of a subject now. */
  readonly suppressing: (subject: Subject) => Suppressing;
  readonly note: Matches['note'];
  /** The labels of a namespace may have changed: those of the whole cluster may choose it by them. */
  readonly onNamespace: (name: string) => void;
  /** Notes the status that was just written. */
  readonly written: (key: ExceptionKey, status: SecurityExceptionStatus) => void;
  readonly get: (key: ExceptionKey) => StoredException | undefined;
  readonly all: () => Iterable<StoredException>;
  readonly outcomeOf: (stored: StoredException) => Outcome;
}

/** The API server's clock is read in whole seconds. */
const MARGIN_MS = 1000;

const namespaceOf = (key: ReportKey): string => key.slice(0, key.indexOf('/'));

/** Keeps the exceptions, tells what they suppress, and names the subjects that are to be looked at again. */
export function createExceptions(options: ExceptionsOptions): Exceptions {
  const { policy, now, timers, signal, onDirty, onChange } = options;
  const store = createExceptionStore(changed);
  const matches = createMatches();
  const alarm = createAlarm(onEnd, { timers, signal });
  /** Those in force, by the namespace in which they act: what has ended since is found among them. */
  let inForce: ReadonlyMap<string | undefined, readonly Exception[]> = new Map();

  const nowSeconds = (): number => Math.floor(now().getTime() / 1000);
  const isActive = (exception: Exception): boolean => standingOf(exception, policy, nowSeconds()).state === 'Active';

  function touch(exceptions: readonly Exception[]): void {
    const namespaces = new Set(exceptions.map(({ namespace }) => namespace));
    if (namespaces.size === 0) return;
    for (const [key, { subject, findings }] of options.records()) {
      const isConcerned = namespaces.has(undefined) || namespaces.has(namespaceOf(key));
      if (isConcerned && findings.length > 0) onDirty(subject);
    }
  }

  /** Looks which are in force now, and wakes up when the next one ends. Answers those that were and are not any more. */
  function refresh(): readonly Exception[] {
    const before = [...inForce.values()].flat();
    const active = Array.from(store.all(), ({ exception }) => exception).filter(isActive);
    inForce = Map.groupBy(active, ({ namespace }) => namespace);
    const next = active.reduce(
      (first, { expirationSeconds = Infinity }) => Math.min(first, expirationSeconds),
      Infinity,
    );
    alarm.set(Number.isFinite(next) ? Math.max(0, next - nowSeconds()) * 1000 + MARGIN_MS : undefined);
    const isInForce = new Set(active);
    return before.filter((exception) => !isInForce.has(exception));
  }

  function onEnd(): void {
    const ended = refresh();
    touch(ended);
    if (ended.length > 0) onChange();
  }

  function changed(before: Exception | undefined, after: Exception | undefined): void {
    const concerned = [...refresh(), before, after];
    touch(concerned.filter((each) => each !== undefined));
    onChange();
  }

  return {
    sink: store.sink,
    suppressing(subject) {
      const place = reportNamespace(subject);
      const { marksOf } = options.inventory();
      const namespace = place === '' ? UNMARKED : marksOf({ group: '', kind: 'Namespace', namespace: '', name: place });
      const about = { subject, marks: marksOf(subject), namespaceLabels: namespace.labels };
      return suppressing(about, [...(inForce.get(undefined) ?? []), ...(inForce.get(place) ?? [])], options);
    },
    note: matches.note,
    onNamespace(name) {
      const hasSelectors = Array.from(store.all()).some(({ exception }) => exception.namespaceSelector !== undefined);
      if (!hasSelectors) return;
      for (const [key, { subject }] of options.records()) if (namespaceOf(key) === name) onDirty(subject);
    },
    written: store.written,
    get: store.get,
    all: store.all,
    outcomeOf({ exception }) {
      const standing = standingOf(exception, policy, nowSeconds());
      return { standing, matched: standing.state === 'Active' ? matches.of(keyOfException(exception)) : 0 };
    },
  };
}
