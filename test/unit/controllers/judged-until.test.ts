import assert from 'node:assert/strict';
import { judgedUntilSeconds } from '../../../src/controllers/judged-until.ts';
import type { ReflectorState } from '../../../src/kube/reflector-api.ts';

const NOW = 1_000_000;
/** The monotonic clock began elsewhere. */
const timers = { wallMs: () => NOW, now: () => 5_000 };

type Watch = readonly [state: ReflectorState, lastEventMs: number | undefined];

function until(watches: readonly Watch[], oldestMs?: number): number {
  const reflectors = watches.map(([state, last]) => ({ state: () => ({ state }), lastEventTime: () => last }));
  return judgedUntilSeconds({ reflectors, oldestMs: () => oldestMs, timers }) * 1000 - NOW;
}

describe('Up to when everything is judged', () => {
  const cases: readonly (readonly [string, readonly Watch[], number | undefined, number])[] = [
    ['is the present if nothing is watched', [], undefined, 0],
    [
      'is when the quietest watch last brought something',
      [
        ['Synced', NOW - 10],
        ['Synced', NOW - 60],
      ],
      undefined,
      -60,
    ],
    [
      'stands still while a watch is broken',
      [
        ['Synced', NOW],
        ['Failing', NOW - 900],
      ],
      undefined,
      -900,
    ],
    ['stands still while a watch is read anew', [['Syncing', NOW - 300]], undefined, -300],
    [
      'is not held up by what may not be read, nor by what is not served',
      [
        ['Forbidden', NOW - 900],
        ['Absent', NOW - 900],
        ['Synced', NOW],
      ],
      undefined,
      0,
    ],
    ['is not held up by a watch that has never brought anything', [['Failing', undefined]], undefined, 0],
    ['is when the longest-waiting change was noticed', [['Synced', NOW - 10]], 4_400, -600],
    ['is the earlier of the two', [['Synced', NOW - 700]], 4_400, -700],
    ['is never in the future', [['Synced', NOW + 50]], undefined, 0],
  ];
  for (const [name, watches, oldestMs, expected] of cases) {
    it(name, () => assert.equal(until(watches, oldestMs), expected));
  }
});
