import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { MalformedText, valuesOf } from '../../../../src/cli/scan/yaml/parse.ts';
import { positionsOf } from '../../../../src/cli/scan/yaml/positions.ts';
import { splitFile } from '../../../../src/cli/scan/yaml/split.ts';

const valuesIn = (text: string): unknown[] => splitFile(text).flatMap((chunk) => [...valuesOf(chunk)]);

function errorIn(text: string): string {
  try {
    valuesIn(text);
  } catch (error) {
    assert.ok(error instanceof MalformedText);
    return `${error.position.line}:${error.position.column} ${error.message}`;
  }
  return 'none';
}

describe('YAML as kubectl reads it', () => {
  const scalars: readonly (readonly [string, unknown])[] = [
    ['yes', true],
    ['on', true],
    ['y', true],
    ['No', false],
    ['OFF', false],
    ['"yes"', 'yes'],
    ["'on'", 'on'],
    ['~', null],
    ['null', null],
    ['""', ''],
    ['10', 10],
    ['-7', -7],
    ['+7', 7],
    ['1_000', 1000],
    ['010', 8],
    ['0o17', 15],
    ['-0x1F', -31],
    ['0b101', 5],
    ['08', 8],
    ['1.5', 1.5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.2.3', '1.2.3'],
    ['22:22', '22:22'],
    ['190:20:30', '190:20:30'],
    ['2001-12-14', '2001-12-14'],
    ['2001-12-14T21:59:43Z', '2001-12-14T21:59:43Z'],
    ['!!str 10', '10'],
    ['!!binary aGVsbG8=', 'hello'],
    ['!Ref bucket', 'bucket'],
    ['100m', '100m'],
  ];
  for (const [text, value] of scalars) {
    it(`takes ${text} for ${JSON.stringify(value)}`, () => {
      assert.deepEqual(valuesIn(`value: ${text}`), [{ value }]);
    });
  }

  it('takes keys that are no text for their text', () => {
    assert.deepEqual(valuesIn('on: push\n1: one'), [{ true: 'push', 1: 'one' }]);
  });

  it('follows anchors and merges, and lets what is written out win', () => {
    const text = 'base: &base {a: 1, b: 2}\nmerged:\n  <<: *base\n  b: 3\n';
    assert.deepEqual(valuesIn(text), [{ base: { a: 1, b: 2 }, merged: { a: 1, b: 3 } }]);
  });

  it('reads tags that it does not know as if they were not there', () => {
    assert.deepEqual(valuesIn('a: !Sub [x, !If {b: c}]'), [{ a: ['x', { b: 'c' }] }]);
  });

  it('keeps a key that JavaScript would take for something else', () => {
    const [value] = valuesIn('__proto__: {polluted: yes}');
    assert.ok(Object.hasOwn(value as object, '__proto__'));
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  });
});

describe('a file', () => {
  const files: readonly (readonly [string, string, readonly unknown[]])[] = [
    ['nothing', '', []],
    ['comments only', '# one\n---\n# two\n', []],
    ['one document', 'a: 1\n', [{ a: 1 }]],
    ['documents between dashes', '---\na: 1\n---\nb: 2\n---\n', [{ a: 1 }, { b: 2 }]],
    ['dashes with white space and a comment after them', 'a: 1\n---  # next\nb: 2', [{ a: 1 }, { b: 2 }]],
    ['dashes with a document after them', 'a: 1\n--- {b: 2}\n', [{ a: 1 }, { b: 2 }]],
    ['a document that ends with dots', 'a: 1\n...\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['dashes in a text', 'a: |\n  ---\n  b: 2\n', [{ a: '---\nb: 2\n' }]],
    ['a directive', '%YAML 1.1\n---\na: yes\n', [{ a: true }]],
    ['line ends of Windows', 'a: 1\r\n---\r\nb: 2\r\n', [{ a: 1 }, { b: 2 }]],
    ['a byte order mark', '\uFEFFa: 1\n', [{ a: 1 }]],
    ['JSON', '{"a": [1, {"b": null}]}', [{ a: [1, { b: null }] }]],
    ['JSON with tabs and escapes', '{\n\t"a": "\\/\\ud83d\\ude00 \\"}"\n}\n', [{ a: '/😀 "}' }]],
    ['several values of JSON', '{"a": 1}\n{"a": 2} {"a": 3}', [{ a: 1 }, { a: 2 }, { a: 3 }]],
    ['YAML that begins with a brace', '{a: 1}\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
  ];
  for (const [name, text, values] of files) {
    it(`may hold ${name}`, () => {
      assert.deepEqual(valuesIn(text), values);
    });
  }

  const errors: readonly (readonly [string, string, RegExp])[] = [
    ['a key that is there twice', 'a: 1\n---\nb: 1\nc: 2\nb: 3\n', /^5:1 duplicated mapping key$/],
    ['a bracket that does not close', 'a: [1, 2\nb: 3\n', /^\d:\d/],
    ['an alias of nothing', 'a: *nobody', /^1:5 unidentified alias "nobody"$/],
    ['a template', 'a: {{ .Values.a }}\n', /; a template must be rendered first$/],
    ['what contains itself', 'a: &a\n  b: *a\n', /expand to more than can be read$/],
    ['a null byte', 'a: "\0"', /null byte/],
    ['JSON that is none', '{"a": 1,, }', /^1:/],
    ['a nesting too deep', '['.repeat(5000), /nesting|depth/i],
  ];
  for (const [name, text, expected] of errors) {
    it(`names the place of ${name}`, () => {
      assert.match(errorIn(text), expected);
    });
  }

  it('refuses aliases that multiply', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 12; level++) {
      lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
    }
    assert.match(errorIn(lines.join('\n')), /expand to more than can be read/);
  });
});

describe('the position of a field', () => {
  const TEXT = `# a comment
apiVersion: v1
metadata:
  annotations:
    example.com/a.b: x
---
spec:
  hostNetwork: true
  'quoted': 1
  containers:
    - image: nginx
      name: app
      securityContext: {privileged: true, capabilities: {add: [NET_ADMIN, "SYS_TIME"]}}
      ports:
        - containerPort: 80
          hostPort: 8080
    - name: other
      empty:
  volumes: []
  alias: *x
`.replace('containers:', 'containers: &x');
  const chunks = splitFile(TEXT);
  const at = (chunk: number, path: string, steps: readonly (string | number)[] = []): string => {
    const only = chunks[chunk];
    assert.ok(only);
    const { line, column } = positionsOf(only).locate(0, steps, path);
    return `${line}:${column}`;
  };

  const cases: readonly (readonly [string, number, string, string])[] = [
    ['a field is that of its key', 1, 'spec.hostNetwork', '8:3'],
    ['a field whose key is quoted', 1, 'spec.quoted', '9:3'],
    ['a container is found by its name', 1, 'spec.containers[app]', '11:7'],
    ['a field in braces', 1, 'spec.containers[app].securityContext.privileged', '13:25'],
    ['an item of a list of texts', 1, 'spec.containers[app].securityContext.capabilities.add[SYS_TIME]', '13:75'],
    ['an item without a name goes by one of its values', 1, 'spec.containers[app].ports[8080].hostPort', '16:11'],
    ['a field that is not set is that of its parent', 1, 'spec.containers[app].resources.limits', '11:7'],
    ['a container that is not there is that of the list', 1, 'spec.containers[gone].image', '10:3'],
    ['an item by its index', 1, 'spec.containers[1].empty', '18:7'],
    ['an empty value', 1, 'spec.containers[other].empty', '18:7'],
    ['an alias has no fields of its own', 1, 'spec.alias[app].image', '20:3'],
    ['a key with dots', 0, 'metadata.annotations[example.com/a.b]', '5:5'],
    ['nothing that exists is that of the object', 1, 'metadata.namespace', '7:1'],
    ['the object itself', 0, '', '2:1'],
  ];
  for (const [name, chunk, path, expected] of cases) {
    it(`of ${name}`, () => {
      assert.equal(at(chunk, path), expected);
    });
  }

  it('begins at steps into the document', () => {
    assert.equal(at(1, 'name', ['spec', 'containers', 1]), '17:7');
  });

  it('in a second value of JSON on one line counts from the beginning of the line', () => {
    const [, second] = splitFile('{"a": 1} {"b": {"c": 2}}');
    assert.ok(second);
    assert.deepEqual(positionsOf(second).locate(0, [], 'b.c'), { line: 1, column: 17 });
  });

  it('is within the file, whatever that holds', () => {
    const words = fc.constantFrom(
      'a',
      'b',
      ':',
      ' ',
      '\n',
      '- ',
      '---\n',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      '&x',
      '*x',
      '<<: ',
      '#',
      '|',
      '!t ',
      '\t',
      '...',
      '? ',
      '\r\n',
    );
    fc.assert(
      fc.property(
        fc.array(words).map((parts) => parts.join('')),
        fc.constantFrom('a', 'a.b', 'a[b].a', 'b[0]'),
        (text, path) => {
          const lines = text.split('\n');
          for (const chunk of splitFile(text)) {
            try {
              for (const document of valuesOf(chunk).keys()) {
                const { line, column } = positionsOf(chunk).locate(document, [], path);
                assert.ok(line >= 1 && line <= lines.length, `line ${line}`);
                assert.ok(column >= 1 && column <= (lines[line - 1] ?? '').length + 1, `column ${column}`);
              }
            } catch (error) {
              if (!(error instanceof MalformedText)) throw error;
              assert.ok(error.position.line >= 1 && error.position.line <= lines.length + 1);
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is found in anything that JSON can hold', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 4 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const [chunk] = splitFile(text);
        assert.ok(chunk);
        for (const key of Object.keys(value)) positionsOf(chunk).locate(0, [key], '');
        assert.deepEqual(valuesOf(chunk), [JSON.parse(text)]);
      }),
    );
  });
});
