import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltInBinding, BuiltInRole } from '../../src/checks/tables/built-in-rbac.ts';
import type { GeneratedFile } from '../generate/generator.ts';
import { fixturePath, VERSIONS, type BootstrapRbac } from './fixture.ts';

/** Makes the table that the checks use from the fixtures; it needs no network. */
export async function bootstrapRbacTable(root: string): Promise<readonly GeneratedFile[]> {
  const fixtures: BootstrapRbac[] = [];
  for (const version of VERSIONS) {
    fixtures.push(await readFixture(root, version));
  }
  const content = listing({
    generated: 'from test/fixtures/bootstrap-rbac by tools/bootstrap-rbac/main.ts; do not edit',
    roles: uniteRoles(fixtures.flatMap(({ roles }) => roles)),
    bindings: uniteBindings(fixtures.flatMap(({ bindings }) => bindings)),
  });
  return [{ path: 'src/checks/tables/bootstrap-rbac.generated.json', content }];
}

/** What a version bootstraps, as it was written down when its fixture was made. */
export async function readFixture(root: string, version: string): Promise<BootstrapRbac> {
  return JSON.parse(await readFile(join(root, fixturePath(version)), 'utf8')) as BootstrapRbac;
}

/** Under each name whatever any version puts there: an upgraded cluster may hold rules of an earlier one. */
function uniteRoles(roles: readonly BuiltInRole[]): readonly BuiltInRole[] {
  return unite(roles, (known, { rules }) => ({ ...known, rules: distinct([...known.rules, ...rules]) }));
}

function uniteBindings(bindings: readonly BuiltInBinding[]): readonly BuiltInBinding[] {
  return unite(bindings, (known, { subjects }) => ({ ...known, subjects: distinct([...known.subjects, ...subjects]) }));
}

function unite<T extends BuiltInRole | BuiltInBinding>(
  items: readonly T[],
  merge: (known: T, item: T) => T,
): readonly T[] {
  const byIdentity = new Map<string, T>();
  for (const item of items) {
    const identity = [item.kind, item.namespace ?? '', item.name, 'roleRef' in item ? item.roleRef.name : ''].join(
      '\0',
    );
    const known = byIdentity.get(identity);
    byIdentity.set(identity, known === undefined ? item : merge(known, item));
  }
  return [...byIdentity].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** JSON with one item of a list on each line: compact, and readable in a diff. */
export function listing(fields: Readonly<Record<string, string | readonly object[]>>): string {
  const lines = Object.entries(fields).map(([name, value]) => {
    const items =
      typeof value === 'string'
        ? JSON.stringify(value)
        : `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
    return `${JSON.stringify(name)}: ${items}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}
