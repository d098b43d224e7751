import { UNMARKED, type SubjectMarks } from '../../../inventory/facts/marks.ts';
import type { Labels } from '../../../inventory/facts/label-selector.ts';
import type { Subject } from '../../../inventory/subject-key.ts';
import type { Exception } from '../../../reports/exceptions/exception.ts';
import { standingOf, type Standing } from '../../../reports/exceptions/policy.ts';
import { suppressing, type SuppressRules, type Suppressing } from '../../../reports/exceptions/suppress.ts';
import { reportNamespace } from '../../../reports/naming.ts';
import type { ScanEvent } from '../scan-event.ts';
import { hintsOn, type Looked, type Outcome } from './hints.ts';

/** An exception, and where it comes from. */
export interface NotedException extends Pick<Outcome, 'isForMore'> {
  readonly exception: Exception;
  /** `file:line:column`; of one of the cluster the program, which speaks of it. */
  readonly source: string;
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
  /** All are there: from now on they can be asked for. */
  readonly close: () => void;
  readonly suppressing: (subject: Subject, marked: Marked) => Suppressing;
  /** Notes what was accepted on a subject, once it was asked about all of its findings. */
  readonly note: (suppressing: Suppressing) => void;
  /** All is judged: says which of them do less than whoever wrote them may believe. */
  readonly hints: () => Iterable<ScanEvent>;
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
  const { policy, now } = options;
  const all = new Map<string, NotedException>();
  const standings = new Map<Exception, Standing>();
  let inForce: ReadonlyMap<string | undefined, readonly Exception[]> = new Map();
  const matched = new Set<Exception>();
  /** Namespaces of subjects. */
  const places = new Set<string>();
  /** Those that choose among namespaces, by one whose labels nobody knows. */
  const undecided = new Map<Exception, string>();

  function isDecidable(exception: Exception, place: string): boolean {
    const { namespaceSelector = [] } = exception;
    if (namespaceSelector.every(({ key }) => key === NAME_LABEL)) return true;
    if (!undecided.has(exception)) undecided.set(exception, place);
    return false;
  }

  /** One that is kept elsewhere, or out of the scope, is nobody's business where nothing of its namespace is judged. */
  const isOfInterest = ({ exception: { namespace }, isForMore }: NotedException): boolean =>
    namespace === undefined || places.has(namespace) || (!isForMore && options.scope.coversNamespace(namespace));

  return {
    add: (noted) => void all.set(keyOf(noted.exception), noted),
    close() {
      const nowSeconds = Math.floor(now.getTime() / 1000);
      for (const { exception } of all.values()) standings.set(exception, standingOf(exception, policy, nowSeconds));
      const active = [...standings].filter(([, { state }]) => state === 'Active').map(([exception]) => exception);
      inForce = Map.groupBy(active, ({ namespace }) => namespace);
    },
    suppressing(subject, { marksOf, namespaceLabels }) {
      const place = reportNamespace(subject);
      const known = place === '' ? {} : namespaceLabels(place);
      places.add(place);
      const relevant = [...(inForce.get(undefined) ?? []), ...(inForce.get(place) ?? [])].filter(
        (exception) => known !== undefined || isDecidable(exception, place),
      );
      const labels = place === '' ? UNMARKED.labels : { [NAME_LABEL]: place, ...known };
      return suppressing({ subject, marks: marksOf(subject), namespaceLabels: labels }, relevant, options);
    },
    note: ({ matched: those }) => [...those.keys()].forEach((exception) => matched.add(exception)),
    *hints() {
      for (const noted of all.values()) {
        const { exception, isForMore } = noted;
        const standing = standings.get(exception);
        if (standing === undefined || !isOfInterest(noted)) continue;
        const outcome = {
          standing,
          hasMatched: matched.has(exception),
          undecidedIn: undecided.get(exception),
          isForMore,
        };
        for (const hint of hintsOn(exception, outcome, options)) yield notice(noted, hint);
      }
    },
  };
}
