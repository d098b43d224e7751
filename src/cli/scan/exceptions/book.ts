import { UNMARKED, type SubjectMarks } from '../../../inventory/facts/marks.ts';
import type { Labels } from '../../../inventory/facts/label-selector.ts';
import type { Subject } from '../../../inventory/subject-key.ts';
import type { Exception } from '../../../reports/exceptions/exception.ts';
import { standingOf } from '../../../reports/exceptions/policy.ts';
import { suppressing, type SuppressRules, type Suppressing } from '../../../reports/exceptions/suppress.ts';
import { reportNamespace } from '../../../reports/naming.ts';
import type { ScanEvent } from '../scan-event.ts';
import { unknownChecks, unmatchedMessage, type Looked } from './hints.ts';

/** An exception, and where it comes from. */
export interface NotedException {
  readonly exception: Exception;
  /** `file:line:column`; of one of the cluster the program, which speaks of it. */
  readonly source: string;
  /** It is there for more than what is scanned now, so that it need not match anything. */
  readonly isForMore: boolean;
}

/** What is asked about the subjects of a scan. */
export interface Marked {
  readonly marksOf: (subject: Subject) => SubjectMarks;
  /** Undefined if nothing is known of that namespace. */
  readonly namespaceLabels: (name: string) => Labels | undefined;
}

export interface BookOptions extends SuppressRules, Looked {
  readonly now: Date;
}

/** The exceptions of a scan: what they accept, and what is to be said of themselves. */
export interface ExceptionBook {
  /** Takes an exception; one of the same kind, namespace and name takes the place of an earlier one, as if applied after it. */
  readonly add: (noted: NotedException) => void;
  /** All are there: says which of them count for nothing. */
  readonly close: () => Iterable<ScanEvent>;
  readonly suppressing: (subject: Subject, marked: Marked) => Suppressing;
  /** Notes what was accepted on a subject, once it was asked about all of its findings. */
  readonly note: (suppressing: Suppressing) => void;
  /** All is judged: says which of them had nothing to do. */
  readonly leftover: () => Iterable<ScanEvent>;
}

/** Set by the API server on every Namespace, and so written on none. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

const namespaceSubject = (name: string): Subject => ({ group: '', kind: 'Namespace', namespace: '', name });
const keyOf = ({ kind, namespace = '', name }: Exception): string => [kind, namespace, name].join('/');
const nameOf = ({ kind, namespace, name }: Exception): string =>
  `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;

const notice = ({ source, exception }: NotedException, message: string): ScanEvent => ({
  sort: 'notice',
  message: `${source}: ${nameOf(exception)}: ${message}`,
});

/** The labels of a Namespace from its marks. */
export const labelsOfNamespace = (marksOf: Marked['marksOf'], name: string): Labels =>
  marksOf(namespaceSubject(name)).labels;

/** Begins the exceptions of one scan, without any. */
export function createExceptionBook(options: BookOptions): ExceptionBook {
  const { policy, isCheck, now } = options;
  const all = new Map<string, NotedException>();
  let active: readonly NotedException[] = [];
  let inForce: ReadonlyMap<string | undefined, readonly Exception[]> = new Map();
  const matched = new Set<Exception>();
  /** Those that choose among namespaces, by one whose labels nobody knows. */
  const undecided = new Map<Exception, string>();

  function isDecidable(exception: Exception, place: string): boolean {
    const { namespaceSelector = [] } = exception;
    if (namespaceSelector.every(({ key }) => key === NAME_LABEL)) return true;
    if (!undecided.has(exception)) undecided.set(exception, place);
    return false;
  }

  return {
    add: (noted) => void all.set(keyOf(noted.exception), noted),
    *close() {
      const nowSeconds = Math.floor(now.getTime() / 1000);
      const standings = Array.from(
        all.values(),
        (noted) => [noted, standingOf(noted.exception, policy, nowSeconds)] as const,
      );
      active = standings.filter(([, { state }]) => state === 'Active').map(([noted]) => noted);
      inForce = Map.groupBy(
        active.map(({ exception }) => exception),
        ({ namespace }) => namespace,
      );
      for (const [noted, { state, message }] of standings) {
        if (state !== 'Active') yield notice(noted, `it counts for nothing (${state}). ${message}`);
        for (const hint of unknownChecks(noted.exception, isCheck)) yield notice(noted, hint);
      }
    },
    suppressing(subject, { marksOf, namespaceLabels }) {
      const place = reportNamespace(subject);
      const known = place === '' ? {} : namespaceLabels(place);
      const relevant = [...(inForce.get(undefined) ?? []), ...(place === '' ? [] : (inForce.get(place) ?? []))].filter(
        (exception) => known !== undefined || isDecidable(exception, place),
      );
      const labels = place === '' ? UNMARKED.labels : { [NAME_LABEL]: place, ...known };
      return suppressing({ subject, marks: marksOf(subject), namespaceLabels: labels }, relevant, options);
    },
    note: ({ matched: those }) => [...those.keys()].forEach((exception) => matched.add(exception)),
    *leftover() {
      for (const noted of active) {
        const { exception, isForMore } = noted;
        const place = undecided.get(exception);
        if (place !== undefined) {
          const what = `the labels of the namespace ${place} are not known`;
          yield notice(noted, `it selects among namespaces, but ${what}: it accepts nothing there`);
        } else if (!matched.has(exception) && !isForMore) {
          const message = unmatchedMessage(exception, options);
          if (message !== undefined) yield notice(noted, message);
        }
      }
    },
  };
}
