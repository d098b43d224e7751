import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';

/** Where the schema is written by hand. */
export const REPORT_SCHEMA_PATH = 'tools/generate/report.schema.yaml';

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

/** The schema that both report kinds share, without a description at its top. */
export async function readReportSchema(root: string): Promise<Schema> {
  return load(await readFile(join(root, REPORT_SCHEMA_PATH), 'utf8')) as Schema;
}

/** Every node below a schema with its path, such as `findings.severity`; items of a list have the path of their list. */
export function* nodesOf(schema: Schema, path = ''): Generator<readonly [path: string, node: Schema]> {
  yield [path, schema];
  if (schema.items !== undefined) yield* nodesOf(schema.items, path);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield* nodesOf(property, path === '' ? name : `${path}.${name}`);
  }
}
