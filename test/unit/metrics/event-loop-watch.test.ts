import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { watchEventLoop } from '../../../src/metrics/event-loop-watch.ts';

describe('The watch of the event loop', () => {
  let nowMs = 0;
  beforeEach(() => {
    nowMs = 0;
    mock.timers.enable({ apis: ['setInterval'] });
  });
  afterEach(() => mock.timers.reset());

  it('finds nothing wrong while timers run', () => {
    const { check, stop } = watchEventLoop(() => nowMs);
    for (let second = 1; second <= 60; second++) {
      nowMs = second * 1000;
      mock.timers.tick(1000);
      assert.equal(check.problem(), undefined);
    }
    stop();
  });

  it('complains once timers have not run for ten seconds, and stops complaining when they do again', () => {
    const { check, stop } = watchEventLoop(() => nowMs);
    nowMs = 9999;
    assert.equal(check.problem(), undefined);
    nowMs = 12_500;
    assert.equal(check.problem(), 'timers have not run for 12 s');
    mock.timers.tick(1000);
    assert.equal(check.problem(), undefined);
    stop();
  });
});
