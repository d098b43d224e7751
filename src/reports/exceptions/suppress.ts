import type { Finding, Severity, Suppression } from '../../crds/index.ts';
import { compareTexts } from '../../inventory/collections/compare-texts.ts';
import { selects, type Labels } from '../../inventory/facts/label-selector.ts';
import { IGNORE_ANNOTATION, type SubjectMarks } from '../../inventory/facts/marks.ts';
import type { Subject } from '../../inventory/subject-key.ts';
import { reportNamespace } from '../naming.ts';
import { ALL_CHECKS, type Exception } from './exception.ts';
import type { ExceptionPolicy } from './policy.ts';

/** What exceptions look at: a subject with its namespace. */
export interface SuppressedSubject {
  readonly subject: Subject;
  readonly marks: SubjectMarks;
  /** Of the namespace that holds its report; empty for cluster-scoped subjects. */
  readonly namespaceLabels: Labels;
}

/** What exceptions say of the findings of one subject. */
export interface Suppressing {
  /** What takes a finding out of the counts; undefined if nothing does. */
  readonly suppressorOf: (finding: Pick<Finding, 'id' | 'check' | 'container' | 'severity'>) => Suppression | undefined;
  /** How many of the findings asked about each exception matches, those that another one accepts too included. */
  readonly matched: ReadonlyMap<Exception, number>;
  /** Annotations that did nothing for the findings asked about, or name no check. Sorted. */
  readonly ineffective: () => readonly IneffectiveAnnotation[];
}

/** An exception of a namespace acts in that alone, and so not on cluster-scoped subjects. */
function isAbout({ subject, marks, namespaceLabels }: SuppressedSubject): (exception: Exception) => boolean {
  const place = reportNamespace(subject);
  return ({ namespace, namespaceSelector, matchesKind, matchesName, selector }) => {
    if (namespace !== undefined && (place === '' || namespace !== place)) return false;
    if (namespaceSelector !== undefined && (place === '' || !selects(namespaceSelector, namespaceLabels))) return false;
    return matchesKind(subject.kind) && matchesName(subject.name) && selects(selector, marks.labels);
  };
}

/** The one with the later end is shown, and of equals the first by name; no end is the latest. */
function byEnd(a: Exception, b: Exception): number {
  const [endA, endB] = [a.expirationSeconds ?? Infinity, b.expirationSeconds ?? Infinity];
  return endA === endB ? compareTexts(a.name, b.name) : endB - endA;
}

/** An annotation that does not do what whoever wrote it may believe. */
export interface IneffectiveAnnotation {
  readonly name: string;
  readonly message: string;
}

/** Why the annotation of a check does not count; undefined if it does. */
function annotationProblem(
  check: string,
  severity: Severity,
  { marks, subject }: SuppressedSubject,
  { allowsAnnotation, isProtected }: ExceptionPolicy,
): string | undefined {
  if (marks.ignored[check]?.trim() === '') return 'It gives no reason: write as its value why the finding is accepted.';
  if (!isProtected(check) && allowsAnnotation(check, severity, reportNamespace(subject))) return undefined;
  return 'The SecurityProfile does not let annotations accept findings of this check here: use a SecurityException.';
}

/** What a profile and the catalogue say, beside the exceptions themselves. */
export interface SuppressRules {
  readonly policy: ExceptionPolicy;
  readonly isCheck: (id: string) => boolean;
}

/**
 * Gathers what is said of one subject.
 * @param active those that are neither expired nor denied
 */
export function suppressing(
  about: SuppressedSubject,
  active: readonly Exception[],
  { policy, isCheck }: SuppressRules,
): Suppressing {
  const { ignored } = about.marks;
  const relevant = active.filter(isAbout(about)).sort(byEnd);
  const matched = new Map<Exception, number>();
  const problems = new Map<string, string>();
  for (const check of Object.keys(ignored)) if (!isCheck(check)) problems.set(check, 'There is no check of this name.');

  function byAnnotation(check: string, severity: Severity): Suppression | undefined {
    const reason = Object.hasOwn(ignored, check) ? ignored[check] : undefined;
    if (reason === undefined) return undefined;
    const problem = annotationProblem(check, severity, about, policy);
    if (problem === undefined) return { kind: 'Annotation', name: `${IGNORE_ANNOTATION}${check}`, reason };
    problems.set(check, problem);
    return undefined;
  }

  return {
    matched,
    suppressorOf({ check, container, severity }) {
      const matching = relevant.filter(
        ({ checks, matchesContainer }) =>
          (checks.has(check) || (checks.has(ALL_CHECKS) && !policy.isProtected(check))) && matchesContainer(container),
      );
      for (const each of matching) matched.set(each, (matched.get(each) ?? 0) + 1);
      const [first] = matching;
      if (first === undefined) return byAnnotation(check, severity);
      return { kind: first.kind, name: first.name, reason: first.reason };
    },
    ineffective: () =>
      [...problems]
        .map(([check, message]) => ({ name: `${IGNORE_ANNOTATION}${check}`, message }))
        .sort((a, b) => compareTexts(a.name, b.name)),
  };
}
