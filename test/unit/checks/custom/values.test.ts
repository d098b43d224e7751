import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { celValue, type CelValue } from '../../../../src/checks/custom/cel/values.ts';

/** What a value was before it became one, as far as JSON tells the difference. */
function back(value: CelValue): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, back(inner as CelValue)]));
  return Array.isArray(value) ? value.map(back) : value;
}

describe('values of CEL', () => {
  const rows: readonly (readonly [json: string, value: unknown])[] = [
    ['3', 3n],
    ['-0', 0n],
    ['2.5', 2.5],
    ['1e3', 1000n],
    ['9007199254740993', 9007199254740993n],
    ['-9223372036854775808', -9223372036854775808n],
    ['9223372036854775808', 9223372036854775808],
    ['1e400', Infinity],
    ['0.1234567890123456789', 0.12345678901234568],
    ['"9007199254740993"', '9007199254740993'],
    ['[1, null, true, "x"]', [1n, null, true, 'x']],
    [
      '{"__proto__": 1, "constructor": {"a": []}}',
      new Map<string, unknown>([
        ['__proto__', 1n],
        ['constructor', new Map([['a', []]])],
      ]),
    ],
    [
      '{"a": 9007199254740993, "__proto__": {"b": 2}}',
      new Map<string, unknown>([
        ['a', 9007199254740993n],
        ['__proto__', new Map([['b', 2n]])],
      ]),
    ],
  ];
  for (const [json, value] of rows) {
    it(`are right for ${json}`, () => assert.deepEqual(celValue(json), value));
  }

  it('say the same as the JSON they are made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        assert.equal(JSON.stringify(back(celValue(json))), JSON.stringify(JSON.parse(json)));
      }),
    );
  });

  it('are refused if they nest too deeply', () => {
    assert.throws(() => celValue(`${'['.repeat(200_000)}${']'.repeat(200_000)}`), RangeError);
  });

  it('are refused if they are no JSON', () => {
    assert.throws(() => celValue('{'), SyntaxError);
  });
});
