import type { RawObject } from '../../kube/raw-object.ts';
import { createIntern } from '../collections/intern.ts';
import { IGNORE_ANNOTATION, UNMARKED, type SubjectMarks } from '../facts/marks.ts';

/** The fields of any object in which its marks stand. */
export const MARKED_FIELDS = ['metadata.labels', 'metadata.annotations'];

const SHARED_MARKS = 4096;
const shared = createIntern<SubjectMarks>(SHARED_MARKS);

/** Texts by name; what no API server would store counts as not written. */
function textsOf(value: unknown): readonly (readonly [name: string, text: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

/** Most objects have other annotations, long ones among them, and none of ours: only then are they parsed. */
function ignoredOf(object: RawObject): readonly (readonly [check: string, reason: string])[] {
  if (object.slice('metadata.annotations')?.includes(IGNORE_ANNOTATION) !== true) return [];
  return textsOf(object.parse('metadata.annotations')).flatMap(([name, reason]) =>
    name.startsWith(IGNORE_ANNOTATION) ? [[name.slice(IGNORE_ANNOTATION.length), reason] as const] : [],
  );
}

/** The marks of an object; one value for all that bear the same, mostly. */
export function marksOf(object: RawObject): SubjectMarks {
  const labels = textsOf(object.parse('metadata.labels'));
  const ignored = ignoredOf(object);
  if (labels.length === 0 && ignored.length === 0) return UNMARKED;
  return shared(JSON.stringify([labels, ignored]), () => ({
    labels: Object.fromEntries(labels),
    ignored: Object.fromEntries(ignored),
  }));
}
