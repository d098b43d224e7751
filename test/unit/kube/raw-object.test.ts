import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MalformedJsonError } from '../../../src/kube/json-scan.ts';
import { createRawObjectReader, rawObject } from '../../../src/kube/raw-object.ts';

/** What JSON.parse finds under the same path. */
function expectedAt(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce<unknown>((at, name): unknown => {
    if (typeof at !== 'object' || at === null || Array.isArray(at)) return undefined;
    return Object.entries(at).find(([key]) => key === name)?.[1];
  }, value);
}

/** All paths that lead somewhere, and for each one that does not. */
function pathsOf(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === '' || key.includes('.')) return [];
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return [path, `${path}.absent`].concat(pathsOf(inner, path));
  });
}

const keys = fc.oneof(fc.constantFrom('metadata', 'spec', 'name', 'labels'), fc.string({ unit: 'binary' }));
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.jsonValue({ stringUnit: 'binary' }),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
}));
const spacing = fc.constantFrom(undefined, 1, '\t', ' \r\n ');

describe('RawObject', () => {
  it('reads at every path what JSON.parse reads there', () => {
    const reader = createRawObjectReader();
    fc.assert(
      fc.property(fc.oneof(json.object, json.value), spacing, (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const parsed: unknown = JSON.parse(text);
        const object = reader.read(Buffer.from(text));
        for (const path of ['', 'metadata', 'metadata.name', 'spec', ...pathsOf(parsed)]) {
          const expected = expectedAt(parsed, path);
          assert.deepEqual(object.parse(path), expected, path);
          assert.equal(object.text(path), typeof expected === 'string' ? expected : undefined, path);
          const slice = object.slice(path);
          assert.deepEqual(slice === undefined ? undefined : JSON.parse(slice.toString()), expected, path);
        }
      }),
    );
  });

  it('throws MalformedJsonError and nothing else, whatever the bytes', () => {
    const fragments = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      '\\u',
      ' ',
      'metadata',
      'null',
      '1',
      '\u{1F600}',
    );
    const texts = fc.array(fragments, { maxLength: 12 }).map((parts) => Buffer.from(`{"metadata":${parts.join('')}`));
    const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(texts, noise), fc.constantFrom('', 'metadata', 'metadata.name', 'a.b.c'), (bytes, path) => {
        for (const method of ['slice', 'parse', 'text'] as const) {
          try {
            rawObject(bytes)[method](path);
          } catch (error) {
            assert.ok(error instanceof MalformedJsonError, String(error));
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  const cases: readonly (readonly [name: string, text: string, path: string, expected: unknown])[] = [
    ['null is a value', '{"a":null}', 'a', null],
    ['a field that is absent is undefined', '{"a":1}', 'b', undefined],
    ['a field of a string is undefined', '{"a":"b"}', 'a.b', undefined],
    ['an element of an array has no path', '{"a":[1]}', 'a.0', undefined],
    ['the last of repeated keys holds', '{"a":1,"a":2}', 'a', 2],
    ['the last of repeated keys holds as a whole', '{"a":{"b":1},"a":{"c":2}}', 'a.b', undefined],
    ['a key may be written with escapes', String.raw`{"\u0061":1}`, 'a', 1],
    ['a key may hold a quote', String.raw`{"a\"b":1}`, 'a"b', 1],
    ['a key may be beyond ASCII', '{"größe":1}', 'größe', 1],
    ['a string may end in a backslash', String.raw`{"a":"x\\","b":2}`, 'b', 2],
    ['braces in strings do not count', '{"a":"}{][","b":{"c":"\\"}"},"d":3}', 'd', 3],
    ['white space may be anywhere', ' \n{ "a" : { "b" :\t1 } , "c" : 2 } \r\n', 'a.b', 1],
    ['an empty object has no fields', '{ }', 'a', undefined],
    ['an empty key below is a field', '{"a":{"":1}}', 'a.', 1],
    ['order does not matter', '{"status":{"phase":"Running"},"metadata":{"name":"x"}}', 'status.phase', 'Running'],
    ['__proto__ is a key like any other', '{"__proto__":{"a":1}}', '__proto__.a', 1],
  ];
  for (const [name, text, path, expected] of cases) {
    it(`reads well: ${name}`, () => {
      assert.deepEqual(rawObject(Buffer.from(text)).parse(path), expected);
    });
  }

  const malformed: readonly (readonly [name: string, text: string])[] = [
    ['an object without an end', '{"a":1'],
    ['a string without an end', '{"a":"b'],
    ['a missing colon', '{"a" 1}'],
    ['a missing value', '{"a":,"b":1}'],
    ['a missing comma', '{"a":1 "b":2}'],
    ['a comma before the end', '{"a":1,}'],
    ['something after the object', '{"a":1} x'],
    ['a word that is no value', '{"a":nul}'],
  ];
  for (const [name, text] of malformed) {
    it(`refuses ${name}`, () => {
      assert.throws(() => rawObject(Buffer.from(text)).parse('a'), MalformedJsonError);
    });
  }

  it('gives slices of the same memory, not copies', () => {
    const bytes = Buffer.from('{"spec":{"a":1}}');
    const slice = rawObject(bytes).slice('spec');
    assert.equal(slice?.buffer, bytes.buffer);
    assert.equal(slice.toString(), '{"a":1}');
  });

  it('shows the next object after the next read, metadata and all', () => {
    const reader = createRawObjectReader();
    const first = reader.read(Buffer.from('{"metadata":{"name":"a"}}'));
    assert.equal(first.text('metadata.name'), 'a');
    const line = Buffer.from('{"object":{"metadata":{"uid":"u","name":"b"}},"type":"ADDED"}');
    const end = reader.readAt(line, 10);
    assert.equal(reader.object.text('metadata.name'), 'b');
    assert.equal(reader.object.bytes.toString(), '{"metadata":{"uid":"u","name":"b"}}');
    assert.equal(line[end], 0x2c);
  });
});
