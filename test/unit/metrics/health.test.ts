import assert from 'node:assert/strict';
import { answerHealth, type HealthCheck } from '../../../src/metrics/health.ts';

const fine: HealthCheck = { name: 'watches', problem: () => undefined };
const broken: HealthCheck = { name: 'event-loop', problem: () => 'timers have not run for 12 s' };
const throwing: HealthCheck = {
  name: 'lease',
  problem: () => {
    throw new Error('no lease');
  },
};

describe('Health', () => {
  it('is a plain ok when nothing is wrong', () => {
    assert.deepEqual(answerHealth('healthz', [fine], false), { healthy: true, body: 'ok\n' });
  });

  it('is a line per check when asked to be verbose', () => {
    assert.deepEqual(answerHealth('readyz', [fine], true), {
      healthy: true,
      body: '[+]watches ok\nreadyz check passed\n',
    });
  });

  it('says which check failed and why, verbose or not', () => {
    const expected = {
      healthy: false,
      body: '[+]watches ok\n[-]event-loop failed: timers have not run for 12 s\nhealthz check failed\n',
    };
    assert.deepEqual(answerHealth('healthz', [fine, broken], false), expected);
    assert.deepEqual(answerHealth('healthz', [fine, broken], true), expected);
  });

  it('takes a check that throws for one that failed', () => {
    assert.deepEqual(answerHealth('readyz', [throwing, fine], false), {
      healthy: false,
      body: '[-]lease failed: cannot be told: no lease\n[+]watches ok\nreadyz check failed\n',
    });
  });
});
