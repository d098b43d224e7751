import assert from 'node:assert/strict';
import type { Check } from '../../../../src/checks/check.ts';
import { assessAll } from '../../../support/little-cluster.ts';
import { ALL } from '../../../support/all-checks.ts';

const FROM_WORKLOADS = new Set(['powerful-service-account', 'service-account-shared']);
const CHECKS: readonly Check[] = [
  ...ALL.of('binding'),
  ...ALL.of('grant'),
  ...ALL.of('role'),
  ...ALL.of('serviceAccount'),
  ...ALL.of('workload').filter(({ id }) => FROM_WORKLOADS.has(id)),
];

const violatedBy = (yaml: string): readonly string[] =>
  assessAll(yaml, CHECKS).flatMap(({ findings }) => findings.map(({ check }) => check));

describe('The example of', () => {
  for (const { id, example } of CHECKS) {
    it(`${id} fails it before, and passes it after`, () => {
      assert.ok(example, 'every check has one');
      assert.ok(violatedBy(example.before).includes(id), 'before');
      assert.ok(!violatedBy(example.after).includes(id), 'after');
    });
  }
});
