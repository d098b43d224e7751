import assert from 'node:assert/strict';
import { MalformedJsonError } from '../../../src/kube/json-scan.ts';
import { createRawObjectReader } from '../../../src/kube/raw-object.ts';
import { readWatchEvent } from '../../../src/kube/watch-event.ts';

describe('readWatchEvent', () => {
  const events: readonly (readonly [name: string, line: string, type: string, object: string])[] = [
    ['as the API server writes it', '{"type":"ADDED","object":{"a":{"b":1}}}', 'ADDED', '{"a":{"b":1}}'],
    ['with the object first', '{"object":{"a":1},"type":"DELETED"}', 'DELETED', '{"a":1}'],
    ['with white space', ' { "type" : "ADDED", "object" : { "a" : 1 } } \r', 'ADDED', '{ "a" : 1 }'],
    ['with a field after the object', '{"type":"ADDED","object":{"a":1},"type":"DELETED"}', 'DELETED', '{"a":1}'],
    ['with white space at the end', '{"type":"ADDED","object":{"a":1} }', 'ADDED', '{"a":1}'],
    [
      'with an object that quotes an event',
      '{"type":"ADDED","object":{"a":"\\",\\"object\\":{}"}}',
      'ADDED',
      '{"a":"\\",\\"object\\":{}"}',
    ],
  ];
  for (const [name, line, type, object] of events) {
    it(`reads an event ${name}`, () => {
      const reader = createRawObjectReader();
      assert.equal(readWatchEvent(Buffer.from(line), reader), type);
      assert.equal(reader.object.bytes.toString(), object);
      assert.deepEqual(reader.object.parse(''), JSON.parse(object));
    });
  }

  const malformed: readonly (readonly [name: string, line: string])[] = [
    ['a line without its end', '{"type":"ADDED","object":{"a":1}'],
    ['an object without its end', '{"type":"ADDED","object":{"a":1'],
    ['something after the event', '{"type":"ADDED","object":{"a":1}}}'],
    ['an event without a type', '{"object":{"a":1}}'],
    ['an event without an object', '{"type":"ADDED"}'],
    ['something else', '42'],
  ];
  for (const [name, line] of malformed) {
    it(`refuses ${name}`, () => {
      assert.throws(() => readWatchEvent(Buffer.from(line), createRawObjectReader()), MalformedJsonError);
    });
  }
});
