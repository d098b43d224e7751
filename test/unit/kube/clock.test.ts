import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createClock, type Clock } from '../../../src/kube/clock.ts';

const NOON = Date.parse('2026-01-31T12:00:00Z');

/** A machine whose clock is off by so much from the server's. */
function machine(localAheadMs: number): {
  clock: Clock;
  wait: (ms: number) => void;
  hear: (delayMs?: number) => void;
  serverMs: () => number;
} {
  let sinceMs = 0;
  const clock = createClock({ monotonicMs: () => 5000 + sinceMs, wallMs: () => NOON + sinceMs + localAheadMs });
  const serverMs = (): number => NOON + sinceMs;
  return {
    clock,
    serverMs,
    wait: (ms) => {
      sinceMs += ms;
    },
    hear: (delayMs = 0) => {
      const date = new Date(Math.floor(serverMs() / 1000) * 1000);
      sinceMs += delayMs;
      clock.observe(date, 5000 + sinceMs);
    },
  };
}

describe('The clock', () => {
  it('shows local time, in whole seconds, before the server has said anything', () => {
    const { clock, wait } = machine(0);
    wait(1999);
    assert.equal(clock.now().toISOString(), '2026-01-31T12:00:01.000Z');
    assert.equal(clock.skewSeconds(), 0);
  });

  for (const aheadMs of [-600_000, -1500, 0, 1500, 600_000]) {
    it(`shows the time of the server when this machine is ${aheadMs / 1000} s ahead of it`, () => {
      const { clock, hear, wait } = machine(aheadMs);
      hear();
      assert.equal(clock.now().toISOString(), '2026-01-31T12:00:00.000Z');
      assert.equal(clock.skewSeconds(), aheadMs / 1000);
      wait(61_000);
      assert.equal(clock.now().toISOString(), '2026-01-31T12:01:01.000Z');
    });
  }

  it('is never in the future of the server, never runs backwards, and lags by no more than what it has not heard', () => {
    const steps = fc.array(fc.tuple(fc.nat(20_000), fc.nat(900)), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(steps, fc.integer({ min: -900_000, max: 900_000 }), (waits, aheadMs) => {
        const { clock, hear, wait, serverMs } = machine(aheadMs);
        let last = 0;
        for (const [ms, delayMs] of waits) {
          wait(ms);
          hear(delayMs);
          const shown = clock.now().getTime();
          assert.ok(shown <= serverMs(), 'it is in the future');
          assert.ok(shown >= last, 'it has gone backwards');
          assert.ok(serverMs() - shown < 3000, `it lags by ${serverMs() - shown} ms`);
          last = shown;
        }
      }),
    );
  });

  it('keeps to the closest it has come to the server, as most dates are late by a part of a second', () => {
    const { clock, hear, wait } = machine(0);
    hear();
    wait(1900);
    hear(90);
    wait(10);
    assert.equal(clock.now().toISOString(), '2026-01-31T12:00:02.000Z');
  });

  it('follows a server whose clock is set back, by standing still until then', () => {
    const { clock, hear, wait } = machine(0);
    hear();
    wait(60_000);
    assert.equal(clock.now().toISOString(), '2026-01-31T12:01:00.000Z');
    clock.observe(new Date(NOON), 65_000);
    assert.equal(clock.now().toISOString(), '2026-01-31T12:01:00.000Z');
    wait(90_000);
    assert.equal(clock.now().toISOString(), '2026-01-31T12:01:30.000Z');
  });

  it('does not heed a date that is none', () => {
    const { clock } = machine(0);
    clock.observe(new Date('nonsense'), 5000);
    assert.equal(clock.now().toISOString(), '2026-01-31T12:00:00.000Z');
  });
});
