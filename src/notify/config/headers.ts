import { allOf, listOf, matching, objectOf, optional, problemAt, required, text, type Reader } from './readers.ts';
import type { SecretFiles } from './secret-files.ts';

/** A header as it is written down. */
export interface HeaderFields {
  readonly name: string;
  readonly value: string | undefined;
  readonly valueFile: string | undefined;
}

/** Ours, and those that say where a message ends. */
const RESERVED =
  /^(host|connection|content-(length|type|encoding)|transfer-encoding|te|trailer|upgrade|expect|keep-alive|user-agent|idempotency-key|plimsoll-.*)$/;

const headerName: Reader<string> = (value, path) => {
  const name = matching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'the name of an HTTP header')(value, path).toLowerCase();
  if (RESERVED.test(name)) throw problemAt(path, `must not be ${name}, which Plimsoll sets itself`);
  return name;
};

export const headerFields: Reader<readonly HeaderFields[]> = listOf(
  objectOf<HeaderFields>({ name: required(headerName), value: optional(text), valueFile: optional(text) }),
);

function headerValue({ value, valueFile }: HeaderFields, files: SecretFiles, path: string): string {
  if ((value === undefined) === (valueFile === undefined)) throw problemAt(path, 'must have value or valueFile');
  const given = valueFile === undefined ? (value ?? '') : files.line(valueFile, `${path}.valueFile`);
  if (!/^[\x20-\x7e]+$/.test(given)) throw problemAt(path, 'must have a value of ASCII characters');
  return given;
}

/** The headers of a target, that with its token among them. */
export function headersOf(
  given: readonly HeaderFields[],
  bearerTokenFile: string | undefined,
  files: SecretFiles,
  path: string,
): Readonly<Record<string, string>> {
  const bearer: readonly HeaderFields[] =
    bearerTokenFile === undefined ? [] : [{ name: 'authorization', value: undefined, valueFile: bearerTokenFile }];
  const names = given.map(({ name }) => name);
  const pairs = allOf([
    ...given.map((header, index) => () => {
      const at = `${path}.headers[${index}]`;
      if (names.indexOf(header.name) !== index) throw problemAt(at, `repeats ${header.name}`);
      return [header.name, headerValue(header, files, at)] as const;
    }),
    ...bearer.map(({ name, valueFile = '' }) => () => {
      const at = `${path}.bearerTokenFile`;
      if (names.includes(name)) throw problemAt(at, `and a header ${name} exclude each other`);
      const token = files.line(valueFile, at);
      if (!/^[\x21-\x7e]+$/.test(token)) throw problemAt(at, `names ${valueFile}, which holds no token`);
      return [name, `Bearer ${token}`] as const;
    }),
  ]);
  return Object.fromEntries(pairs);
}
