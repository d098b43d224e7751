import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { problemAt } from './readers.ts';

/** Reads the files that a document names. Throws `DocumentError` for what the field at `path` names. */
export interface SecretFiles {
  readonly bytes: (file: string, path: string) => Buffer;
  /** Without white space around it: editors and `echo` end a file with a newline. */
  readonly line: (file: string, path: string) => string;
}

/** Far above any key, certificate or URL. */
const MAX_BYTES = 256 * 1024;

/** What cannot be read, in words; never the content. */
export function readProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
}

/** A file of at most that size. Throws what the file system throws, or a `RangeError`. */
export function readBounded(file: string, maxBytes: number): Buffer {
  const { size } = statSync(file);
  if (size > maxBytes) throw new RangeError(`is larger than ${maxBytes} bytes`);
  return readFileSync(file);
}

/** The folder that paths in a document start from: of a mounted Secret the one version of it that the document is from. */
export function folderOf(document: string): string {
  return dirname(realpathSync(document));
}

/** `onRead` is told what was read, so that a change of it can be seen. */
export function secretFiles(folder: string, onRead: (content: Buffer) => void): SecretFiles {
  function bytes(file: string, path: string): Buffer {
    try {
      const content = readBounded(resolve(folder, file), MAX_BYTES);
      onRead(content);
      if (content.length > 0) return content;
    } catch (error) {
      throw problemAt(path, `names ${file}, which ${error instanceof RangeError ? error.message : readProblem(error)}`);
    }
    throw problemAt(path, `names ${file}, which is empty`);
  }
  return {
    bytes,
    line: (file, path) => {
      const line = bytes(file, path).toString('utf8').trim();
      if (line === '' || /\p{Cc}/u.test(line)) throw problemAt(path, `names ${file}, which must hold one line`);
      return line;
    },
  };
}
