import type { Labels } from './label-selector.ts';

/** Prefix of the annotations by which a subject asks that findings of a check are accepted; their value is the reason. */
export const IGNORE_ANNOTATION = 'plimsoll.dev/ignore.';

/** What people have written on a subject beside what is judged: exceptions go by it. */
export interface SubjectMarks {
  readonly labels: Labels;
  /** Reasons by check, of the annotations `plimsoll.dev/ignore.<check>`. */
  readonly ignored: Readonly<Record<string, string>>;
}

/** Of a subject that bears nothing, or of which nothing is known. */
export const UNMARKED: SubjectMarks = { labels: {}, ignored: {} };
