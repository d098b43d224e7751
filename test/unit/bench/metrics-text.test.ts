import assert from 'node:assert/strict';
import { samplesOf, sumOf } from '../../support/metrics-text.ts';

const TEXT = `# HELP requests_total Requests.
# TYPE requests_total counter
requests_total{verb="GET",path="/a"} 3
requests_total{verb="PUT",path="a \\"b\\", {c}"} 1.5e+01 1764000000000
requests_total_more 7
up 1
`;

describe('Metrics in text form', () => {
  it('are told apart by name, also where one name begins like another', () => {
    assert.deepEqual(samplesOf(TEXT, 'requests_total'), [
      { name: 'requests_total', labels: { verb: 'GET', path: '/a' }, value: 3 },
      { name: 'requests_total', labels: { verb: 'PUT', path: 'a \\"b\\", {c}' }, value: 15 },
    ]);
    assert.deepEqual(samplesOf(TEXT, 'up'), [{ name: 'up', labels: {}, value: 1 }]);
  });

  it('are summed over the labels that do not matter', () => {
    assert.equal(sumOf(TEXT, 'requests_total'), 18);
    assert.equal(sumOf(TEXT, 'requests_total', { verb: 'GET' }), 3);
    assert.equal(sumOf(TEXT, 'absent_total'), 0);
  });
});
