import assert from 'node:assert/strict';
import { createIntern } from '../../../../src/inventory/collections/intern.ts';

describe('interning', () => {
  it('gives the same object for the same key', () => {
    const intern = createIntern<object>(2);
    assert.equal(
      intern('a', () => ({})),
      intern('a', () => ({})),
    );
  });

  it('forgets rather than grow without bound', () => {
    const intern = createIntern<object>(2);
    const first = intern('a', () => ({}));
    intern('b', () => ({}));
    intern('c', () => ({}));
    assert.notEqual(
      intern('a', () => ({})),
      first,
    );
  });
});
