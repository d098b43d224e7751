import { join } from 'node:path';
import { load } from 'js-yaml';
import type { BuiltInBinding, BuiltInRole } from '../../src/checks/tables/built-in-rbac.ts';
import type { RbacSubject } from '../../src/inventory/facts/rbac.ts';

/** The RBAC objects that one version of the API server makes at its start. */
export interface BootstrapRbac {
  readonly version: string;
  readonly roles: readonly BuiltInRole[];
  readonly bindings: readonly BuiltInBinding[];
}

/** Newest releases of the supported minors. */
export const VERSIONS = [
  'v1.30.14',
  'v1.31.14',
  'v1.32.13',
  'v1.33.13',
  'v1.34.4',
  'v1.35.4',
  'v1.36.3',
  'v1.37.2',
] as const;

/** Where the objects of a version are kept for tests; from the top of the repository. */
export function fixturePath(version: string): string {
  const [major, minor] = version.split('.');
  return join('test/fixtures/bootstrap-rbac', `${major}.${minor}.generated.json`);
}

interface Item {
  readonly kind: BuiltInRole['kind'] | BuiltInBinding['kind'];
  readonly metadata: Name;
  readonly rules?: BuiltInRole['rules'] | null;
  readonly roleRef: BuiltInBinding['roleRef'];
  readonly subjects?: BuiltInBinding['subjects'] | null;
}

/** Reads the Lists that Kubernetes keeps as test data of its bootstrap policy. */
export function readBootstrapRbac(version: string, lists: readonly string[]): BootstrapRbac {
  const items = lists.flatMap((yaml) => (load(yaml) as { readonly items: readonly Item[] }).items);
  return { version, roles: items.filter(isRole).map(roleOf), bindings: items.filter(isBinding).map(bindingOf) };
}

type ItemOf<K> = Item & { readonly kind: K };

const isRole = (item: Item): item is ItemOf<BuiltInRole['kind']> => item.kind === 'Role' || item.kind === 'ClusterRole';
const isBinding = (item: Item): item is ItemOf<BuiltInBinding['kind']> =>
  item.kind === 'RoleBinding' || item.kind === 'ClusterRoleBinding';

/** Rules of aggregated roles are null there: the roles they are put together from stand in the lists themselves. */
function roleOf({ kind, metadata, rules }: ItemOf<BuiltInRole['kind']>): BuiltInRole {
  return { kind, ...nameOf(metadata), rules: rules ?? [] };
}

function bindingOf({ kind, metadata, roleRef, subjects }: ItemOf<BuiltInBinding['kind']>): BuiltInBinding {
  const { kind: roleKind, name } = roleRef;
  return { kind, ...nameOf(metadata), roleRef: { kind: roleKind, name }, subjects: (subjects ?? []).map(subjectOf) };
}

/** The API group is left out: it follows from the kind. */
function subjectOf(subject: RbacSubject): RbacSubject {
  return { kind: subject.kind, ...nameOf(subject) };
}

interface Name {
  readonly namespace?: string;
  readonly name: string;
}

function nameOf({ namespace, name }: Name): Name {
  return namespace === undefined ? { name } : { namespace, name };
}
