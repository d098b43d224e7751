import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { API_VERSION, CLUSTER_SECURITY_REPORTS, SECURITY_REPORTS } from '../../src/crds/resources.ts';
import { crdFiles } from './crds.ts';
import { notice, type GeneratedFile } from './generator.ts';
import { nodesOf, readReportSchema, REPORT_SCHEMA_PATH, type Schema } from './report-schema.ts';

const FOLDER = 'src/crds/generated';

/** The types as kubernetes-fluent-client makes them of a CRD: `crd --plain`, which needs no network for a file. */
async function fluentClientTypes(crd: string): Promise<string> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('kubernetes-fluent-client')), 'cli.js');
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-types-'));
  try {
    await writeFile(join(folder, 'crd.yaml'), crd);
    await promisify(execFile)(process.execPath, [cli, 'crd', '--plain', join(folder, 'crd.yaml'), folder]);
    // It ends with 0 on errors too; then there is no such file.
    return await readFile(join(folder, 'securityreport-v1alpha1.ts'), 'utf8');
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

const HEAD = `export interface ${SECURITY_REPORTS.kind} {
  readonly apiVersion: '${API_VERSION}';
  readonly kind: '${SECURITY_REPORTS.kind}' | '${CLUSTER_SECURITY_REPORTS.kind}';
  readonly metadata: ReportMetadata;
`;

const TAIL = `
/** Metadata without the times, which client-node types as Date though JSON has strings. */
export type ReportMetadata = Omit<
  NonNullable<KubernetesObject['metadata']>,
  'creationTimestamp' | 'deletionTimestamp' | 'managedFields'
>;

/** The cluster-scoped kind has the same schema. */
export type ${CLUSTER_SECURITY_REPORTS.kind} = ${SECURITY_REPORTS.kind};
`;

/**
 * Turns the generator's output into what JSON from the API server really is, in the code style of this project: unions
 * for enums, strings for times, everything read-only, and the parts that every Kubernetes object has.
 */
export function reshape(source: string): string {
  const types = enumsToUnions(source)
    .replaceAll(/: Date;$/gm, ': string;')
    .replaceAll(/^ {2}(\w+\??): (.*);$/gm, '  readonly $1: $2;')
    .replaceAll(/: (\w+\[\]);$/gm, ': readonly $1;')
    .replace(`export interface ${SECURITY_REPORTS.kind} {\n`, HEAD);
  const code = types.replaceAll(/\/\*[^]*?\*\//g, '');
  const unexpected = /\b(enum|Date|any)\b/.exec(code);
  if (unexpected !== null) throw new Error(`the generated types contain "${unexpected[0]}", which is not reshaped yet`);
  if (!types.includes(HEAD)) throw new Error(`the generated types do not declare ${SECURITY_REPORTS.kind}`);
  return `import type { KubernetesObject } from '@kubernetes/client-node';\n\n${types}\n${TAIL}`;
}

/** The schema's bounds as a constant: who writes a report has to keep to them, or the API server refuses all of it. */
function limits(schema: Schema): string {
  const nodes = [...nodesOf(schema)];
  const maxItems = nodes.flatMap(([path, node]) =>
    node.maxItems === undefined ? [] : [[path, node.maxItems] as const],
  );
  const maxLength = nodes.flatMap(([path, node]) =>
    node.maxLength === undefined ? [] : [[path, node.maxLength] as const],
  );
  const bounds = { maxItems: Object.fromEntries(maxItems), maxLength: Object.fromEntries(maxLength) };
  return `/** How long the lists (in items) and strings (in code points) of a report may be, by their path. */
export const REPORT_LIMITS = ${JSON.stringify(bounds)} as const;`;
}

async function typescript(root: string, name: string, source: string, text: string): Promise<GeneratedFile> {
  const path = `${FOLDER}/${name}`;
  const style = await resolveConfig(join(root, path));
  return { path, content: await format(`// ${notice(source)}\n${text}`, { ...style, parser: 'typescript' }) };
}

/** TypeScript types of the reports, and the bounds of their schema. */
export async function typeFiles(root: string): Promise<readonly GeneratedFile[]> {
  const [crd] = await crdFiles(root);
  if (crd === undefined) throw new Error('there is no CRD to make types of');
  return [
    await typescript(root, 'security-report.ts', crd.path, reshape(await fluentClientTypes(crd.content))),
    await typescript(root, 'report-limits.ts', REPORT_SCHEMA_PATH, limits(await readReportSchema(root))),
  ];
}
