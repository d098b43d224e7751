import assert from 'node:assert/strict';
import type { SecurityReport } from '../../../src/crds/index.ts';
import { worstReport } from '../../../tools/demo/worst-report.ts';

const report = (name: string, [critical, high, medium, low, info]: readonly number[]): SecurityReport => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'SecurityReport',
  metadata: { name },
  subject: { apiVersion: 'apps/v1', kind: 'Deployment', name, uid: name },
  summary: {
    critical: critical ?? 0,
    high: high ?? 0,
    medium: medium ?? 0,
    low: low ?? 0,
    info: info ?? 0,
    passed: 0,
    suppressed: 0,
    unknown: 0,
  },
  findings: [],
  unknown: [],
  basis: { catalogueVersion: '73ede8894dc4' },
});

describe('the worst report', () => {
  const cases: readonly (readonly [string, worst: readonly number[], other: readonly number[]])[] = [
    ['one critical finding outweighs any number of others', [1, 0, 0, 0, 0], [0, 9, 9, 9, 9]],
    ['among equals the high ones decide', [1, 2, 0, 0, 0], [1, 1, 9, 9, 9]],
    ['then the medium ones', [1, 1, 2, 0, 0], [1, 1, 1, 9, 9]],
    ['then the low ones', [1, 1, 1, 2, 0], [1, 1, 1, 1, 9]],
    ['then what is for information', [1, 1, 1, 1, 2], [1, 1, 1, 1, 1]],
  ];
  for (const [what, worst, other] of cases) {
    it(`is found: ${what}`, () => {
      const reports = [report('other', other), report('worst', worst), report('another', other)];
      assert.equal(worstReport(reports)?.metadata.name, 'worst');
    });
  }

  it('is undefined where there are no reports', () => {
    assert.equal(worstReport([]), undefined);
  });
});
