import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** Where the schema of both kinds of reports on subjects is written by hand. */
export const REPORT_SCHEMA_PATH = 'tools/generate/report.schema.yaml';
/** Where that of compliance reports is. */
export const COMPLIANCE_SCHEMA_PATH = 'tools/generate/compliance.schema.yaml';

/** A node of an OpenAPI schema, as far as ours use it. */
export interface Schema {
  readonly type: 'object' | 'array' | 'string' | 'integer';
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-map-type'?: string;
}

/** A schema as it is written by hand, without a description at its top. */
export async function readSchema(root: string, path: string): Promise<Schema> {
  return load(await readFile(join(root, path), 'utf8')) as Schema;
}

/** Every node below a schema with its path, such as `findings.severity`; items of a list have the path of their list. */
export function* nodesOf(schema: Schema, path = ''): Generator<readonly [path: string, node: Schema]> {
  yield [path, schema];
  if (schema.items !== undefined) yield* nodesOf(schema.items, path);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield* nodesOf(property, path === '' ? name : `${path}.${name}`);
  }
}
