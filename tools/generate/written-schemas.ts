import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { ObjectSchema } from '../../src/crds/schema.ts';
import { notice, type GeneratedFile } from './generator.ts';
import { KINDS, type Kind } from './kinds.ts';
import { EXCEPTION_SCHEMA_PATH, readSchema, type Schema } from './schema.ts';

const PATH = 'src/crds/generated/exception-schemas.ts';

/** What is left of a schema without what is there for readers and for the API server alone. */
function decisive({ properties, additionalProperties, items, ...node }: Schema): ObjectSchema {
  const own = Object.entries(node).filter(([key]) => key !== 'description' && !key.startsWith('x-kubernetes-'));
  const fields = Object.entries(properties ?? {}).map(([name, each]) => [name, decisive(each)]);
  return {
    ...(Object.fromEntries(own) as Pick<ObjectSchema, 'type'>),
    ...(properties && { properties: Object.fromEntries(fields) as Record<string, ObjectSchema> }),
    ...(additionalProperties && { additionalProperties: decisive(additionalProperties) }),
    ...(items && { items: decisive(items) }),
    ...(node['x-kubernetes-list-type'] === 'set' && { isSet: true }),
  };
}

/** The status is left out: nobody writes it in a file. */
async function specOf(root: string, kind: Kind): Promise<ObjectSchema> {
  const spec = (await readSchema(root, kind)).properties?.['spec'];
  if (spec === undefined) throw new Error(`the schema of ${kind.resource.kind} has no spec`);
  return decisive(spec);
}

/** The schemas of both kinds of exceptions as constants, for files that no API server has looked at. */
export async function writtenSchemaFiles(root: string): Promise<readonly GeneratedFile[]> {
  const kinds = KINDS.filter(({ schemaPath }) => schemaPath === EXCEPTION_SCHEMA_PATH);
  const specs = await Promise.all(kinds.map(async (kind) => [kind.resource.kind, await specOf(root, kind)] as const));
  const text = `// ${notice(EXCEPTION_SCHEMA_PATH)}
import type { ObjectSchema } from '../schema.ts';

/** What the spec of an exception must be like, by its kind. */
export const EXCEPTION_SPEC_SCHEMAS: Readonly<Record<'SecurityException' | 'ClusterSecurityException', ObjectSchema>> =
${JSON.stringify(Object.fromEntries(specs))};`;
  const style = await resolveConfig(join(root, PATH));
  return [{ path: PATH, content: await format(text, { ...style, parser: 'typescript' }) }];
}
