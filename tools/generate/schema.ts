import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { ObjectSchema } from '../../src/crds/schema.ts';

/** Where the schema of both kinds of reports on subjects is written by hand. */
export const REPORT_SCHEMA_PATH = 'tools/generate/report.schema.yaml';
/** Where that of compliance reports is. */
export const COMPLIANCE_SCHEMA_PATH = 'tools/generate/compliance.schema.yaml';
/** Where that of both kinds of exceptions is. */
export const EXCEPTION_SCHEMA_PATH = 'tools/generate/exception.schema.yaml';
/** What the cluster-scoped kind of exceptions has beyond that. */
export const CLUSTER_EXCEPTION_ADDITIONS_PATH = 'tools/generate/cluster-exception.schema.yaml';
/** Where that of the profile is. */
export const PROFILE_SCHEMA_PATH = 'tools/generate/profile.schema.yaml';

/** Parts that several schemas have. */
const COMMON_PATH = 'tools/generate/common.schema.yaml';

/** A node of an OpenAPI schema, as far as ours use it: what decides about objects, and what people and the API server are told. */
export interface Schema extends Omit<ObjectSchema, 'properties' | 'additionalProperties' | 'items' | 'isSet'> {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Of a map, what each of its values is. */
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: true;
  readonly 'x-kubernetes-validations'?: readonly Readonly<Record<string, string>>[];
}

/** Where a schema is written. */
export interface SchemaSource {
  readonly schemaPath: string;
  /** What is merged into it, node by node. Default nothing. */
  readonly additionsPath?: string;
}

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema as it is written by hand, with its parts in their places, without a description at its top. */
export async function readSchema(root: string, { schemaPath, additionsPath }: SchemaSource): Promise<Schema> {
  const read = async (path: string): Promise<Tree> => load(await readFile(join(root, path), 'utf8')) as Tree;
  const additions = additionsPath === undefined ? {} : await read(additionsPath);
  return resolved(merged(await read(schemaPath), additions), await read(COMMON_PATH)) as unknown as Schema;
}

/** What `over` has as well wins, but for objects, which are merged. */
function merged(under: Tree, over: Tree): Tree {
  const entries = Object.entries(over).map(([key, value]): [string, unknown] => {
    const old = under[key];
    return [key, isTree(old) && isTree(value) ? merged(old, value) : value];
  });
  return { ...under, ...Object.fromEntries(entries) };
}

/** The tree with the common part in the place of each `$ref` to it. */
function resolved(tree: Tree, parts: Tree): Tree {
  const { $ref: name, ...own } = tree;
  if (typeof name === 'string') {
    const part = parts[name];
    if (!isTree(part)) throw new Error(`there is no common part ${name}`);
    return resolved({ ...part, ...own }, parts);
  }
  const entries = Object.entries(own).map(([key, value]) => [key, isTree(value) ? resolved(value, parts) : value]);
  return Object.fromEntries(entries) as Tree;
}

/**
 * Every node below a schema with its path, such as `findings.severity`; items of a list have the path of their list, and
 * values of a map that of their map.
 */
export function* nodesOf(schema: Schema, path = ''): Generator<readonly [path: string, node: Schema]> {
  yield [path, schema];
  if (schema.items !== undefined) yield* nodesOf(schema.items, path);
  if (schema.additionalProperties !== undefined) yield* nodesOf(schema.additionalProperties, path);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    yield* nodesOf(property, path === '' ? name : `${path}.${name}`);
  }
}
