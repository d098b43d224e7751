import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createPool } from '../../../../src/inventory/collections/pool.ts';

describe('a pool', () => {
  it('makes a value once while somebody holds it, and anew after the last has let go', () => {
    const step = fc.tuple(fc.constantFrom('acquire', 'release'), fc.constantFrom('a', 'b'));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const pool = createPool<number>();
        const held = new Map<string, number>();
        const made = new Map<string, number>();
        for (const [what, key] of steps) {
          const holders = held.get(key) ?? 0;
          if (what === 'release') {
            pool.release(key);
            held.set(key, Math.max(holders - 1, 0));
          } else {
            const value = pool.acquire(key, () => {
              made.set(key, (made.get(key) ?? 0) + 1);
              return made.get(key) ?? 0;
            });
            if (holders === 0) assert.equal(value, made.get(key), 'made anew');
            assert.equal(value, made.get(key), 'shared');
            held.set(key, holders + 1);
          }
        }
      }),
    );
  });

  it('does not make what is held', () => {
    const pool = createPool<string>();
    pool.acquire('a', () => 'first');
    assert.equal(
      pool.acquire('a', () => 'second'),
      'first',
    );
    pool.release('a');
    assert.equal(
      pool.acquire('a', () => 'third'),
      'first',
    );
  });
});
