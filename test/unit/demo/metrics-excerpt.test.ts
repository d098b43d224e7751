import assert from 'node:assert/strict';
import { metricsExcerpt } from '../../../tools/demo/metrics-excerpt.ts';

const TEXT = `# HELP plimsoll_violations Open violations in the reports of a namespace, by severity.
# TYPE plimsoll_violations gauge
plimsoll_violations{namespace="shop",severity="critical"} 0
plimsoll_violations{namespace="shop",severity="high"} 5
plimsoll_violations{namespace="shop",severity="medium"} 22
plimsoll_violations{namespace="ci",severity="critical"} 1
plimsoll_violations{namespace="ci",severity="high"} 14
plimsoll_check_violations{check="host-pid",severity="high"} 1
`;

describe('the excerpt of the metrics', () => {
  it('has the namespaces with critical or high violations, in order', () => {
    assert.deepEqual(metricsExcerpt(TEXT, 9), [
      'plimsoll_violations{namespace="ci",severity="critical"} 1',
      'plimsoll_violations{namespace="ci",severity="high"} 14',
      'plimsoll_violations{namespace="shop",severity="high"} 5',
    ]);
  });

  it('is no longer than asked for', () => {
    assert.equal(metricsExcerpt(TEXT, 2).length, 2);
  });
});
