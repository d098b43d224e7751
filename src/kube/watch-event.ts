import { CLOSE_BRACE, MalformedJsonError, OPEN_BRACE } from './json-scan.ts';
import { rawObject, type RawObjectReader } from './raw-object.ts';

/** How the API server writes an event: `{"type":"ADDED","object":{…}}`. */
const PREFIX = Buffer.from('{"type":"');
const MIDDLE = Buffer.from('","object":');

/**
 * Reads one line of a watch: answers the event's type and aims the reader at its object.
 * Throws `MalformedJsonError`. An event that is written in another way than the usual one is read as well, but slower.
 */
export function readWatchEvent(line: Buffer, reader: RawObjectReader): string {
  return readUsualEvent(line, reader) ?? readAnyEvent(line, reader);
}

/** Finds the object without a scan of its own: indexing it shows where it ends. */
function readUsualEvent(line: Buffer, reader: RawObjectReader): string | undefined {
  const typeEnd = line.indexOf(MIDDLE, PREFIX.length);
  const objectStart = typeEnd + MIDDLE.length;
  if (
    typeEnd === -1 ||
    line[objectStart] !== OPEN_BRACE ||
    line.compare(PREFIX, 0, PREFIX.length, 0, PREFIX.length) !== 0
  ) {
    return undefined;
  }
  const objectEnd = reader.readAt(line, objectStart);
  if (line[objectEnd] !== CLOSE_BRACE || objectEnd + 1 !== line.length) return undefined;
  return line.toString('latin1', PREFIX.length, typeEnd);
}

function readAnyEvent(line: Buffer, reader: RawObjectReader): string {
  const event = rawObject(line);
  const type = event.text('type');
  const object = event.slice('object');
  if (type === undefined || object === undefined) throw new MalformedJsonError('a line that is no event');
  reader.read(object);
  return type;
}
