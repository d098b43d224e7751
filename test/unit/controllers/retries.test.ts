import assert from 'node:assert/strict';
import { retryDelayMs } from '../../../src/controllers/retries.ts';

describe('the delay before a retry', () => {
  it('doubles up to a minute, and is spread over the upper half', () => {
    assert.deepEqual(
      [1, 2, 3, 20].map((failures) => retryDelayMs(failures, () => 0)),
      [250, 500, 1000, 30_000],
    );
    assert.equal(retryDelayMs(20, () => 0.999_999_9) <= 60_000, true);
  });
});
