import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSchema, type Schema, type SchemaSource } from '../../../tools/generate/schema.ts';

const COMMON = 'tools/generate/common.schema.yaml';

describe('a schema as it is written by hand', () => {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'plimsoll-schema-'));
    await mkdir(dirname(join(root, COMMON)), { recursive: true });
    await writeFile(join(root, COMMON), 'glob: { type: string, maxLength: 9 }\nname: { $ref: glob, minLength: 1 }\n');
  });
  afterEach(async () => rm(root, { recursive: true, force: true }));

  async function read(schema: string, additions?: string): Promise<Schema> {
    await writeFile(join(root, 'schema.yaml'), schema);
    const source: SchemaSource = { schemaPath: 'schema.yaml' };
    if (additions === undefined) return readSchema(root, source);
    await writeFile(join(root, 'more.yaml'), additions);
    return readSchema(root, { ...source, additionsPath: 'more.yaml' });
  }

  it('has common parts where it refers to them, which may refer to others, and what stands beside wins', async () => {
    assert.deepEqual(await read('type: object\nproperties: { a: { $ref: name, maxLength: 3 } }\n'), {
      type: 'object',
      properties: { a: { type: 'string', minLength: 1, maxLength: 3 } },
    });
  });

  it('refers to no part that there is not', async () => {
    await assert.rejects(read('properties: { a: { $ref: nome } }\n'), /there is no common part nome/);
  });

  it('is merged with what adds to it: objects field by field, all else as a whole', async () => {
    const merged = await read(
      'required: [a]\nproperties: { a: { type: string, minLength: 1 } }\n',
      'required: [b]\nproperties: { a: { minLength: 2 }, b: { $ref: glob } }\n',
    );
    assert.deepEqual(merged, {
      required: ['b'],
      properties: { a: { type: 'string', minLength: 2 }, b: { type: 'string', maxLength: 9 } },
    });
  });
});
