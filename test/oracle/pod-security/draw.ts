import * as fc from 'fast-check';

/** One of these values, by weight; a failing case shrinks to the first, so put the harmless one there. */
export const weighted = <T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> =>
  fc.oneof({ withCrossShrink: true }, ...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

/** Mostly this value, once in a while another; a failing case shrinks to the value. */
export const mostly = <T>(value: T, others: fc.Arbitrary<T>, timesAsOften = 5): fc.Arbitrary<T> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: timesAsOften, arbitrary: fc.constant(value) },
    { weight: 1, arbitrary: others },
  );

/** Parts of one object, drawn one by one; of two with the same field the later wins. */
export const merged = <T extends object>(...parts: readonly fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.tuple(...parts).map((drawn) => drawn.reduce((all, part) => Object.assign({}, all, part)));
