import { CLUSTER_KEY, parseSubjectKey, type Subject, type SubjectKey } from '../inventory/subject-key.ts';
import type { Marker } from '../reports/marker.ts';
import { reportKeyOf, reportNamespace } from '../reports/naming.ts';
import type { ReportRecords } from '../reports/records.ts';

/** What a leader finds when it takes over. */
export interface Past {
  readonly marker: Marker | undefined;
  /** When the last leader was seen at work. */
  readonly watchedUntil: Date | undefined;
  /** Whether the namespace of a subject was not judged before, so that what is found there is no news. */
  readonly isNewcomer: (key: SubjectKey) => boolean;
}

/** What tells how old a namespace is. */
export interface Namespaces {
  readonly subjects: () => Iterable<SubjectKey>;
  readonly get: (kind: 'Namespace', namespace: '', name: string) => { readonly createdSeconds: number } | undefined;
}

const isNamespace = ({ group, kind }: Subject): boolean => group === '' && kind === 'Namespace';

/**
 * The namespaces that were not judged before, although they were there while somebody kept watch: they came into scope, or all
 * their reports were lost. Every Namespace in scope has a report, so one that has none was out of it.
 * @returns whether a subject lives in one of them
 */
function newcomers(
  inventory: Namespaces,
  records: Pick<ReportRecords, 'get'>,
  watchedUntil: Date | undefined,
): Past['isNewcomer'] {
  const untilSeconds = watchedUntil === undefined ? -Infinity : watchedUntil.getTime() / 1000;
  const found = new Set<string>();
  for (const key of inventory.subjects()) {
    const subject = parseSubjectKey(key);
    if (!isNamespace(subject)) continue;
    const { createdSeconds = Infinity } = inventory.get('Namespace', '', subject.name) ?? {};
    if (createdSeconds < untilSeconds && records.get(reportKeyOf(subject)) === undefined) found.add(subject.name);
  }
  return (key) => found.has(reportNamespace(parseSubjectKey(key)));
}

/** What the reports of an earlier leader tell; `watchedUntil` is when that was last seen at work. */
export function pastOf(
  inventory: Namespaces,
  records: Pick<ReportRecords, 'get'>,
  watchedUntil: Date | undefined,
): Past {
  return {
    marker: records.get(reportKeyOf(parseSubjectKey(CLUSTER_KEY)))?.marker,
    watchedUntil,
    isNewcomer: newcomers(inventory, records, watchedUntil),
  };
}
