import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Finding, SecurityReport } from '../crds/index.ts';
import { UNSENT_ANNOTATION } from './unsent.ts';

/** Prefixes of the labels that we set. */
export const OUR_LABELS = ['app.kubernetes.io/managed-by', 'plimsoll.dev/'];
const OUR_ANNOTATIONS = ['plimsoll.dev/', UNSENT_ANNOTATION];

/** Of labels or annotations those that are ours, by these prefixes. */
export function ours(
  values: Readonly<Record<string, string>> | undefined,
  prefixes: readonly string[],
): Record<string, string> {
  const entries = Object.entries(values ?? {});
  return Object.fromEntries(entries.filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))));
}

/** All fields of a finding, in an order of ours: the API server gives them in its own. */
const FINDING_FIELDS = Object.keys({
  id: true,
  check: true,
  severity: true,
  container: true,
  path: true,
  message: true,
  seenIn: true,
  implies: true,
  firstSeenTime: true,
  reopenedTime: true,
  origin: true,
  suppressedBy: true,
  source: true,
} satisfies Record<keyof Finding, true>) as readonly (keyof Finding)[];

const isMap = (value: Finding[keyof Finding]): boolean => typeof value === 'object' && !Array.isArray(value);

/** The findings are nearly all of a report: as lists of values they are put in order for a fifth of what it takes to sort keys. */
const valuesOf = (finding: Finding): readonly unknown[] =>
  FINDING_FIELDS.map((field) => (isMap(finding[field]) ? canonicalize(finding[field]) : finding[field]));

/**
 * A hash over all of a report that we are the author of: equal content is equal bytes. Labels, annotations and owners
 * that others add are theirs. The policy version that judged is left out: it is written along with a real change, and is
 * not one by itself.
 */
export function contentHash({
  metadata,
  subject,
  summary,
  findings,
  unknown,
  ineffectiveAnnotations,
  truncated,
  basis,
}: SecurityReport): string {
  const content = {
    labels: ours(metadata?.labels, OUR_LABELS),
    annotations: ours(metadata?.annotations, OUR_ANNOTATIONS),
    owners: (metadata?.ownerReferences ?? []).filter(({ uid }) => uid === subject.uid),
    subject,
    summary,
    unknown,
    ineffectiveAnnotations,
    truncated,
    catalogueVersion: basis.catalogueVersion,
  };
  return hash('sha256', `${canonicalize(content) ?? ''}\n${JSON.stringify(findings.map(valuesOf))}`, 'base64');
}
