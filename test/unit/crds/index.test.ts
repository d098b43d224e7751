import assert from 'node:assert/strict';
import { SEVERITIES } from '../../../src/crds/index.ts';
import { nodesOf, readSchema, REPORT_SCHEMA_PATH } from '../../../tools/generate/schema.ts';
import { ROOT } from '../config/manifests.ts';

describe('the constants of our kinds', () => {
  it('list the severities that the schema allows, from worst to mildest', async () => {
    const nodes = new Map(nodesOf(await readSchema(ROOT, { schemaPath: REPORT_SCHEMA_PATH })));
    assert.deepEqual(SEVERITIES, nodes.get('findings.severity')?.enum);
  });
});
