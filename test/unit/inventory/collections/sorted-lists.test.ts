import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createSortedLists } from '../../../../src/inventory/collections/sorted-lists.ts';

describe('sorted lists', () => {
  const step = fc.record({ how: fc.constantFrom('add', 'delete'), key: fc.constantFrom('a', 'b'), item: fc.nat(9) });

  it('hold after any changes what a set would, in order', () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const lists = createSortedLists<string, number>((a, b) => a - b);
        const model = { a: new Set<number>(), b: new Set<number>() };
        for (const { how, key, item } of steps) {
          lists[how](key, item);
          model[key][how](item);
        }
        for (const key of ['a', 'b'] as const) {
          assert.deepEqual(
            lists.get(key),
            [...model[key]].sort((a, b) => a - b),
          );
        }
      }),
    );
  });

  it('hold the later of two items that compare as equal', () => {
    const lists = createSortedLists<string, { readonly id: number; readonly text: string }>((a, b) => a.id - b.id);
    lists.add('a', { id: 1, text: 'old' });
    lists.add('a', { id: 1, text: 'new' });
    assert.deepEqual(lists.get('a'), [{ id: 1, text: 'new' }]);
  });
});
