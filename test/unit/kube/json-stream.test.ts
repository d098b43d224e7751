import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MalformedJsonError } from '../../../src/kube/json-scan.ts';
import { createLineSplitter, createListSplitter, type ListMetadata } from '../../../src/kube/json-stream.ts';

interface Split {
  readonly items: string[];
  readonly tooLarge: number;
}

function collect(maxBytes?: number): {
  split: { items: string[]; tooLarge: number };
  options: Parameters<typeof createLineSplitter>[0];
} {
  const split = { items: [] as string[], tooLarge: 0 };
  return {
    split,
    options: {
      onItem: (bytes) => split.items.push(bytes.toString()),
      onTooLarge: () => {
        split.tooLarge++;
      },
      ...(maxBytes === undefined ? {} : { maxBytes }),
    },
  };
}

/** Cuts at any places, in the middle of characters too. */
function cut(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((at) => at % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((at, index) => bytes.subarray(at, places[index] ?? bytes.length));
}

function splitLines(chunks: readonly Buffer[], maxBytes?: number): Split {
  const { split, options } = collect(maxBytes);
  const splitter = createLineSplitter(options);
  for (const chunk of chunks) splitter.push(chunk);
  return split;
}

function splitList(chunks: readonly Buffer[], maxBytes?: number): Split & ListMetadata {
  const { split, options } = collect(maxBytes);
  const splitter = createListSplitter(options);
  for (const chunk of chunks) splitter.push(chunk);
  return { ...split, ...splitter.finish() };
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });
const item = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }), { maxKeys: 4 });
const spacing = fc.constantFrom(undefined, 1, ' \r\n\t');

describe('createLineSplitter', () => {
  it('gives the same lines wherever the chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(item), cuts, (items, at) => {
        const lines = items.map((value) => JSON.stringify(value));
        const body = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        assert.deepEqual(splitLines(cut(body, at)).items, lines);
      }),
    );
  });

  it('drops a line that is not ended', () => {
    assert.deepEqual(splitLines([Buffer.from('{"a":1}\n{"b"')]).items, ['{"a":1}']);
  });

  it('leaves empty lines out', () => {
    assert.deepEqual(splitLines([Buffer.from('\n{}\r\n\n')]).items, ['{}']);
  });

  it('leaves out what is too large, and goes on after it', () => {
    const body = Buffer.from(`"small"\n"${'x'.repeat(100)}"\n"after"\n`);
    for (const at of [[], [20], [10, 20, 30, 40, 60, 90], [8, 109]]) {
      assert.deepEqual(splitLines(cut(body, at), 20), { items: ['"small"', '"after"'], tooLarge: 1 });
    }
  });
});

describe('createListSplitter', () => {
  it('gives the same items and metadata wherever the chunks are cut, in any order of fields', () => {
    const metadata = fc.record(
      { resourceVersion: fc.string(), continue: fc.string({ unit: 'binary' }) },
      { requiredKeys: [] },
    );
    const fields = fc.record({
      items: fc.array(fc.oneof(item, fc.jsonValue())),
      metadata,
      other: fc.jsonValue(),
      nested: fc.constant({ items: [1], metadata: { continue: 'no' } }),
    });
    const order = fc.shuffledSubarray(['items', 'metadata', 'other', 'nested'] as const, { minLength: 4 });
    fc.assert(
      fc.property(fields, order, spacing, cuts, (list, names, indent, at) => {
        const text = JSON.stringify(Object.fromEntries(names.map((name) => [name, list[name]])), undefined, indent);
        const split = splitList(cut(Buffer.from(text), at));
        assert.deepEqual(
          split.items.map((bytes): unknown => JSON.parse(bytes)),
          JSON.parse(JSON.stringify(list.items)),
        );
        assert.equal(split.resourceVersion, list.metadata.resourceVersion ?? '');
        assert.equal(split.continueToken, list.metadata.continue ?? '');
      }),
    );
  });

  const lists: readonly (readonly [name: string, text: string, items: readonly string[]])[] = [
    ['no items at all', '{"metadata":{"resourceVersion":"5"}}', []],
    ['null for items', '{"items":null,"metadata":{"resourceVersion":"5"}}', []],
    ['an empty array', '{"items":[ ],"metadata":{"resourceVersion":"5"}}', []],
    [
      'metadata before the items',
      '{"metadata":{"resourceVersion":"5"},"items":[{"a":[1,{"b":2}]},{}]}',
      ['{"a":[1,{"b":2}]}', '{}'],
    ],
    ['a newline at the end', '{"items":[{"a":"]},"}],"metadata":{"resourceVersion":"5"}}\n', ['{"a":"]},"}']],
    ['escaped key', String.raw`{"\u0069tems":[{}],"metadata":{"resourceVersion":"5"}}`, ['{}']],
  ];
  for (const [name, text, items] of lists) {
    it(`reads a list with ${name}`, () => {
      const split = splitList([Buffer.from(text)]);
      assert.deepEqual(split.items, items);
      assert.equal(split.resourceVersion, '5');
    });
  }

  it('leaves out what is too large, and goes on after it', () => {
    const body = Buffer.from(
      `{"items":[{"a":1},{"b":"${'x'.repeat(100)}"},{"c":3}],"metadata":{"resourceVersion":"5"}}`,
    );
    for (const at of [[], [40], [30, 50, 70, 90]]) {
      const split = splitList(cut(body, at), 50);
      assert.deepEqual(split.items, ['{"a":1}', '{"c":3}']);
      assert.equal(split.tooLarge, 1);
    }
  });

  it('refuses a body that ends early, at every place', () => {
    const body = Buffer.from('{"items":[{"a":1},{"b":2}],"metadata":{"resourceVersion":"5"}}');
    for (let end = 0; end < body.length; end++) {
      assert.throws(() => splitList([body.subarray(0, end)]), MalformedJsonError);
    }
  });

  it('refuses a body that is not a list', () => {
    assert.throws(() => splitList([Buffer.from('<html></html>')]), MalformedJsonError);
    assert.throws(() => splitList([Buffer.from('[{}]')]), MalformedJsonError);
  });

  it('throws MalformedJsonError and nothing else, whatever the bytes', () => {
    const fragments = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '"items"', '"metadata"', 'null', '1');
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 20 }), cuts, (parts, at) => {
        try {
          splitList(cut(Buffer.from(parts.join('')), at));
        } catch (error) {
          assert.ok(error instanceof MalformedJsonError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
