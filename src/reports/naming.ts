import { hash } from 'node:crypto';
import { GROUP } from '../crds/index.ts';
import type { Subject } from '../inventory/subject-key.ts';
import { WATCHED } from '../inventory/watched.ts';

const MAX_NAME_LENGTH = 253;
const DIGEST_LENGTH = 16;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL_VALUE = /^[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;

/** Two of them never share a name across groups; kinds that stand in for another do, but have no reports. */
const KNOWN_KINDS: ReadonlySet<string> = new Set(
  WATCHED.filter(({ standsInFor }) => standsInFor === undefined).map(
    ({ resource: { group, kind } }) => `${group}/${kind}`,
  ),
);

/**
 * The name of a subject's report: `<kind>-<name>` where that is a legal object name and the kind is one of ours to know.
 * Otherwise (colons in RBAC names, over-long ones, kinds of unknown groups) it is made legal, cut, and told apart by the
 * first 64 bits of a SHA-256.
 */
export function reportName({ group, kind, name }: Subject): string {
  if (kind === 'Cluster' && group === GROUP) return 'cluster';
  const plain = `${kind.toLowerCase()}-${name}`;
  if (KNOWN_KINDS.has(`${group}/${kind}`) && plain.length <= MAX_NAME_LENGTH && DNS_SUBDOMAIN.test(plain)) return plain;
  const digest = hash('sha256', `${group}/${kind}/${name}`, 'hex').slice(0, DIGEST_LENGTH);
  const legal = plain
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME_LENGTH - DIGEST_LENGTH - 1)
    .replaceAll(/^-+|-+$/g, '');
  return `${legal}-${digest}`;
}

/** The kind alone where that says it all, and otherwise with its group, as kubectl takes it: no two kinds share it. */
export function kindName({ group, kind }: Pick<Subject, 'group' | 'kind'>): string {
  return group === '' || group === GROUP || KNOWN_KINDS.has(`${group}/${kind}`) ? kind : `${kind}.${group}`;
}

/** Labels to select reports by subject; a value that no label may hold is left out, and field selectors still work. */
export function reportLabels({ kind, name }: Pick<Subject, 'kind' | 'name'>): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/managed-by': 'plimsoll',
    ...(LABEL_VALUE.test(kind) ? { 'plimsoll.dev/subject-kind': kind } : {}),
    ...(LABEL_VALUE.test(name) ? { 'plimsoll.dev/subject-name': name } : {}),
  };
}

/** Where a subject's report lives: a Namespace's in itself, a cluster-scoped subject's (empty) in none. */
export function reportNamespace({ group, kind, namespace, name }: Subject): string {
  return group === '' && kind === 'Namespace' ? name : namespace;
}

/** `namespace/name` of a report; a cluster-scoped one has an empty namespace. */
export type ReportKey = string & { readonly reportKey: true };

export function reportKey(namespace: string, name: string): ReportKey {
  return `${namespace}/${name}` as ReportKey;
}

export function reportKeyOf(subject: Subject): ReportKey {
  return reportKey(reportNamespace(subject), reportName(subject));
}
