import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { CustomCheck, Json } from '../../../../src/checks/custom/index.ts';
import { verifyCustomChecks } from '../../../../src/checks/custom/index.ts';
import { CUSTOM_LIMITS } from '../../../../src/checks/custom/limits.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/custom-checks.md'), 'utf8');

interface Profile {
  readonly spec: { readonly params: Json; readonly customChecks: readonly CustomCheck[] };
}

describe('the page about custom checks', () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(PAGE) ?? [];
  const { params, customChecks } = (load(example) as Profile).spec;

  it('has an example that would be accepted', async () => {
    assert.equal(customChecks.length, 2);
    assert.deepEqual(await verifyCustomChecks(customChecks, params), []);
  });

  it('shows what is said of the example with two mistakes', async () => {
    const text = example.replace('!params.', '!parms.');
    const misspelt = await verifyCustomChecks((load(text) as Profile).spec.customChecks, params);
    const unset = await verifyCustomChecks(customChecks, {});
    const told = [misspelt[0], unset[0]].map((problem) => `${problem?.check} ${problem?.field}: ${problem?.message}`);
    assert.ok(
      told.every((line) => PAGE.includes(`    ${line}\n`)),
      told.join('\n'),
    );
  });

  it('names the limits', () => {
    const rows = [
      `| checks in a profile | ${CUSTOM_LIMITS.checks} |`,
      `| kinds, variables, tests of a check | ${CUSTOM_LIMITS.kinds}, ${CUSTOM_LIMITS.variables}, ${CUSTOM_LIMITS.tests} |`,
      `| an expression | ${CUSTOM_LIMITS.expressionLength.toLocaleString('en')} characters`,
      `| a string that an expression makes | ${CUSTOM_LIMITS.stringLength.toLocaleString('en')} characters |`,
      `| a list that an expression makes | ${CUSTOM_LIMITS.listLength.toLocaleString('en')} elements |`,
      `| a regular expression | ${CUSTOM_LIMITS.patternLength.toLocaleString('en')} characters |`,
      `| an object | ${CUSTOM_LIMITS.objectLength / 1024 / 1024} MiB of JSON |`,
      `up to ${CUSTOM_LIMITS.nameLength} characters`,
      `cut after ${CUSTOM_LIMITS.messageLength.toLocaleString('en')} characters`,
    ];
    assert.deepEqual(
      rows.filter((row) => !PAGE.includes(row)),
      [],
    );
  });
});
