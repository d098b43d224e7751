import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { API_VERSION } from '../../src/crds/resources.ts';
import { crdFile } from './crds.ts';
import { notice, type GeneratedFile } from './generator.ts';
import { KINDS } from './kinds.ts';
import { nodesOf, readSchema, type Schema } from './schema.ts';

const FOLDER = 'src/crds/generated';

/** The modules that are made of one schema. */
interface Module {
  /** Whose types they are. Other kinds of the same schema become aliases. */
  readonly kind: string;
  readonly types: string;
  /** The bounds of the schema as a constant, for those who write such objects or their status. Default: not made. */
  readonly limits?: Limits;
}

interface Limits {
  readonly module: string;
  readonly constant: string;
  /** What is bounded, in a comment. */
  readonly of: string;
}

const MODULES: readonly Module[] = [
  {
    kind: 'SecurityReport',
    types: 'security-report.ts',
    limits: { module: 'report-limits.ts', constant: 'REPORT_LIMITS', of: 'a report' },
  },
  {
    kind: 'ComplianceReport',
    types: 'compliance-report.ts',
    limits: { module: 'compliance-limits.ts', constant: 'COMPLIANCE_LIMITS', of: 'a compliance report' },
  },
  {
    kind: 'SecurityException',
    types: 'security-exception.ts',
    limits: { module: 'exception-limits.ts', constant: 'EXCEPTION_LIMITS', of: 'an exception' },
  },
  // Its bounds are those of the other kind.
  { kind: 'ClusterSecurityException', types: 'cluster-security-exception.ts' },
  {
    kind: 'SecurityProfile',
    types: 'security-profile.ts',
    limits: { module: 'profile-limits.ts', constant: 'PROFILE_LIMITS', of: 'a profile' },
  },
];

/** The types as kubernetes-fluent-client makes them of a CRD: `crd --plain`, which needs no network for a file. */
async function fluentClientTypes(crd: string, kind: string): Promise<string> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('kubernetes-fluent-client')), 'cli.js');
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-types-'));
  try {
    await writeFile(join(folder, 'crd.yaml'), crd);
    await promisify(execFile)(process.execPath, [cli, 'crd', '--plain', join(folder, 'crd.yaml'), folder]);
    // It ends with 0 on errors too; then there is no such file.
    return await readFile(join(folder, `${kind.toLowerCase()}-v1alpha1.ts`), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `export enum Severity { High = "High" }` as a union, which Node can strip and JSON can hold. */
function enumsToUnions(source: string): string {
  return source.replaceAll(/^export enum (\w+) \{\n([^}]*)\}/gm, (_, name: string, members: string) => {
    const values = [...members.matchAll(/= "(\w+)"/g)].map(([, value]) => `'${value}'`);
    return `export type ${name} = ${values.join(' | ')};`;
  });
}

/** What the generator's output does not say of a kind. */
interface Shape {
  /** Other kinds of the same schema. Default none. */
  readonly aliases?: readonly string[];
  /** People write it, and we its status. Default false. */
  readonly hasStatus?: boolean;
}

/** How the declaration of a kind begins, of itself and as we want it. */
const opening = (kind: string): string => `export interface ${kind} {\n`;

function head(kind: string, { aliases = [], hasStatus = false }: Shape): string {
  return `${opening(kind)}  readonly apiVersion: '${API_VERSION}';
  readonly kind: ${[kind, ...aliases].map((each) => `'${each}'`).join(' | ')};
  readonly metadata: ${hasStatus ? 'ObjectMetadata' : 'ReportMetadata'};
`;
}

/** How reports are written: without the fields that only the API server sets. */
const REPORT_METADATA = `
/** Metadata without the times, which client-node types as Date though JSON has strings. */
export type ReportMetadata = Omit<
  NonNullable<KubernetesObject['metadata']>,
  'creationTimestamp' | 'deletionTimestamp' | 'managedFields'
>;
`;

/** How objects are read that people write. */
const OBJECT_METADATA = `
/** Metadata with its times as the strings that JSON has; client-node types them as Date. */
export type ObjectMetadata = Omit<
  NonNullable<KubernetesObject['metadata']>,
  'creationTimestamp' | 'deletionTimestamp' | 'managedFields'
> & { readonly creationTimestamp?: string; readonly deletionTimestamp?: string };
`;

const alias = (kind: string, name: string): string => `
/** The cluster-scoped kind has the same schema. */
export type ${name} = ${kind};
`;

const mapOf = (value: string): string => `Readonly<Record<string, ${value === 'any' ? 'unknown' : value}>>`;

/**
 * Turns the generator's output into what JSON from the API server really is, in the code style of this project: unions
 * for enums, strings for times, everything read-only, and the parts that every Kubernetes object has.
 */
export function reshape(source: string, kind: string, shape: Shape = {}): string {
  const { aliases = [], hasStatus = false } = shape;
  const types = enumsToUnions(source)
    .replaceAll(/: Date;$/gm, ': string;')
    .replaceAll(/: \{ \[key: string\]: (\w+) \};$/gm, (_, value: string) => `: ${mapOf(value)};`)
    .replaceAll(/^ {2}(\w+\??): (.*);$/gm, '  readonly $1: $2;')
    .replaceAll(/: (\w+\[\]);$/gm, ': readonly $1;')
    .replace(opening(kind), head(kind, shape));
  const code = types.replaceAll(/\/\*[^]*?\*\//g, '');
  const unexpected = /\b(enum|Date|any)\b/.exec(code);
  if (unexpected !== null) throw new Error(`the generated types contain "${unexpected[0]}", which is not reshaped yet`);
  if (!types.includes(head(kind, shape))) throw new Error(`the generated types do not declare ${kind}`);
  const tail = [hasStatus ? OBJECT_METADATA : REPORT_METADATA, ...aliases.map((name) => alias(kind, name))].join('');
  return `import type { KubernetesObject } from '@kubernetes/client-node';\n\n${types}\n${tail}`;
}

/** The schema's bounds as a constant: who writes a report has to keep to them, or the API server refuses all of it. */
function bound(schema: Schema, { constant, of }: Limits): string {
  const nodes = [...nodesOf(schema)];
  const maxItems = nodes.flatMap(([path, node]) =>
    node.maxItems === undefined ? [] : [[path, node.maxItems] as const],
  );
  const maxLength = nodes.flatMap(([path, node]) =>
    node.maxLength === undefined ? [] : [[path, node.maxLength] as const],
  );
  const bounds = { maxItems: Object.fromEntries(maxItems), maxLength: Object.fromEntries(maxLength) };
  return `/** How long the lists (in items) and strings (in code points) of ${of} may be, by their path. */
export const ${constant} = ${JSON.stringify(bounds)} as const;`;
}

async function typescript(root: string, name: string, source: string, text: string): Promise<GeneratedFile> {
  const path = `${FOLDER}/${name}`;
  const style = await resolveConfig(join(root, path));
  return { path, content: await format(`// ${notice(source)}\n${text}`, { ...style, parser: 'typescript' }) };
}

async function moduleFiles(root: string, { kind, types, limits }: Module): Promise<readonly GeneratedFile[]> {
  const of = KINDS.find(({ resource }) => resource.kind === kind);
  if (of === undefined) throw new Error(`there is no kind ${kind}`);
  const twins = KINDS.filter(
    (other) => other !== of && other.schemaPath === of.schemaPath && other.additionsPath === of.additionsPath,
  );
  const crd = await crdFile(root, of);
  const schema = await readSchema(root, of);
  const source = reshape(await fluentClientTypes(crd.content, kind), kind, {
    aliases: twins.map(({ resource }) => resource.kind),
    hasStatus: schema.properties?.['status'] !== undefined,
  });
  const files = [await typescript(root, types, crd.path, source)];
  if (limits === undefined) return files;
  return [...files, await typescript(root, limits.module, of.schemaPath, bound(schema, limits))];
}

/** TypeScript types of our kinds, and the bounds of the schemas of those that we write. */
export async function typeFiles(root: string): Promise<readonly GeneratedFile[]> {
  return (await Promise.all(MODULES.map(async (module) => moduleFiles(root, module)))).flat();
}
