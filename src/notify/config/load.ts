import { createHash } from 'node:crypto';
import { load, YAMLException } from 'js-yaml';
import type { NotifyConfig } from './config.ts';
import {
  allOf,
  DocumentError,
  listOf,
  matching,
  objectOf,
  optional,
  problemAt,
  required,
  text,
  type Reader,
} from './readers.ts';
import { folderOf, readBounded, readProblem, secretFiles, type SecretFiles } from './secret-files.ts';
import { targetFields, targetOf, type TargetFields } from './target.ts';

/** The settings of notifications cannot be used. The message says which file, where in it, and what is wrong; no secrets. */
export class NotifyConfigError extends Error {
  readonly code = 'NotifyConfig';
}

export interface LoadedConfig {
  readonly config: NotifyConfig;
  /** Of the document and of every file that it names: another one if any of them has changed. */
  readonly digest: string;
}

const MAX_BYTES = 1024 * 1024;
const PLACEHOLDERS = /\{(cluster|namespace|kind|name|report)\}/g;

interface ConfigFields {
  readonly clusterName: string | undefined;
  readonly externalUrl: string | undefined;
  readonly targets: readonly TargetFields[];
}

const linkTemplate: Reader<string> = (value, path) => {
  const given = text(value, path);
  const example = given.replaceAll(PLACEHOLDERS, 'x');
  if (!/^https?:$/.test(URL.parse(example)?.protocol ?? '') || /[{}<>|\s]/.test(example) || given.length > 500) {
    throw problemAt(
      path,
      'must be an http or https URL; {cluster}, {namespace}, {kind}, {name} and {report} may stand in it',
    );
  }
  return given;
};

const configFields = objectOf<ConfigFields>({
  clusterName: optional(
    matching(/^[A-Za-z0-9]([A-Za-z0-9._:/-]{0,98}[A-Za-z0-9])?$/, 'a name of letters, digits and . _ : / -'),
  ),
  externalUrl: optional(linkTemplate),
  targets: required(listOf(targetFields)),
});

/** The settings that a decoded document makes. Throws `DocumentError` with all that is wrong. */
export function parseNotifyConfig(document: unknown, files: SecretFiles): NotifyConfig {
  const { clusterName, externalUrl, targets } = configFields(document, '');
  const names = targets.map(({ name }) => name);
  return {
    ...(clusterName !== undefined && { clusterName }),
    ...(externalUrl !== undefined && { externalUrl }),
    targets: allOf(
      targets.map((fields, index) => () => {
        const first = names.indexOf(fields.name);
        if (first !== index) throw problemAt(`targets[${index}].name`, `is that of targets[${first}], too`);
        return targetOf(fields, files, `targets[${index}]`);
      }),
    ),
  };
}

/** Reads the file and all that it names. Throws `NotifyConfigError`. */
export function loadNotifyConfig(path: string): LoadedConfig {
  const digest = createHash('sha256');
  // The length keeps what one file ends with from passing for the beginning of the next.
  const onRead = (content: Buffer): void => void digest.update(`${content.length}:`).update(content);
  try {
    const content = readBounded(path, MAX_BYTES);
    onRead(content);
    const config = parseNotifyConfig(decode(content), secretFiles(folderOf(path), onRead));
    return { config, digest: digest.digest('hex') };
  } catch (error) {
    // No cause: that of YAML quotes the document, secrets and all.
    throw new NotifyConfigError(`${path}: ${problemOf(error)}`);
  }
}

function problemOf(error: unknown): string {
  if (error instanceof DocumentError || error instanceof RangeError) return error.message;
  return readProblem(error);
}

function decode(content: Buffer): unknown {
  try {
    return load(content.toString('utf8'), { maxDepth: 50 });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    throw problemAt('', `is not YAML at line ${line + 1}, column ${column + 1}`);
  }
}
