import { SEVERITIES, type Severity } from '../../crds/index.ts';
import { TARGET_TYPES, type Target, type TargetType } from './config.ts';
import { headerFields, headersOf, type HeaderFields } from './headers.ts';
import {
  allOf,
  httpUrl,
  listOf,
  matching,
  objectOf,
  oneOf,
  optional,
  problemAt,
  required,
  text,
  trueOrFalse,
  wholeNumber,
  withDefault,
} from './readers.ts';
import type { SecretFiles } from './secret-files.ts';
import { tlsFields, tlsOf, type TlsFields } from './tls.ts';

/** A target as it is written down. */
export interface TargetFields {
  readonly name: string;
  readonly type: TargetType;
  readonly url: string | undefined;
  readonly urlFile: string | undefined;
  readonly minSeverity: Severity;
  readonly namespaces: readonly string[];
  readonly excludeNamespaces: readonly string[];
  readonly clusterScoped: boolean | undefined;
  readonly sendResolved: boolean;
  readonly digestSeconds: number | undefined;
  readonly timeoutSeconds: number;
  readonly giveUpAfterSeconds: number;
  readonly maxQueue: number;
  readonly headers: readonly HeaderFields[];
  readonly bearerTokenFile: string | undefined;
  readonly hmacKeyFile: string | undefined;
  readonly alertLifetimeSeconds: number | undefined;
  readonly tls: TlsFields | undefined;
}

const globs = listOf(matching(/^[a-z0-9*?-]{1,63}$/, 'the name of a namespace, in which * and ? may stand for others'));

export const targetFields = objectOf<TargetFields>({
  name: required(matching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'a DNS label: lower-case letters, digits and -')),
  type: required(oneOf(TARGET_TYPES)),
  url: optional(httpUrl),
  urlFile: optional(text),
  minSeverity: withDefault(oneOf(SEVERITIES), 'High'),
  namespaces: withDefault(globs, []),
  excludeNamespaces: withDefault(globs, []),
  clusterScoped: optional(trueOrFalse),
  sendResolved: withDefault(trueOrFalse, true),
  digestSeconds: optional(wholeNumber(0, 86_400)),
  timeoutSeconds: withDefault(wholeNumber(1, 120), 10),
  giveUpAfterSeconds: withDefault(wholeNumber(1, 86_400), 3600),
  maxQueue: withDefault(wholeNumber(1, 100_000), 5000),
  headers: withDefault(headerFields, []),
  bearerTokenFile: optional(text),
  hmacKeyFile: optional(text),
  alertLifetimeSeconds: optional(wholeNumber(60, 2_592_000)),
  tls: optional(tlsFields),
});

/** People read a chat: what one rollout brings is to be one message there. */
const CHAT_DIGEST_SECONDS = 30;
const ALERT_LIFETIME_SECONDS = 86_400;
const MIN_KEY_BYTES = 16;

function urlOf({ url, urlFile }: TargetFields, files: SecretFiles, path: string): string {
  if ((url === undefined) === (urlFile === undefined)) throw problemAt(path, 'must have url or urlFile');
  if (urlFile === undefined) return url ?? '';
  const at = `${path}.urlFile`;
  return httpUrl(files.line(urlFile, at), `${at}: the content of ${urlFile}`);
}

/** Without white space at its end, which is hard to see and to repeat elsewhere. */
function hmacKeyOf(file: string, files: SecretFiles, path: string): Buffer {
  const key = Buffer.from(files.bytes(file, path).toString('latin1').trimEnd(), 'latin1');
  if (key.length < MIN_KEY_BYTES)
    throw problemAt(path, `names ${file}, which must hold at least ${MIN_KEY_BYTES} bytes`);
  return key;
}

/** Fields that mean something to one type, or to one scheme, only. */
function refuseMisplaced({ type, hmacKeyFile, alertLifetimeSeconds }: TargetFields, path: string): void {
  if (hmacKeyFile !== undefined && type !== 'webhook') throw problemAt(`${path}.hmacKeyFile`, 'is for type webhook');
  if (alertLifetimeSeconds !== undefined && type !== 'alertmanager') {
    throw problemAt(`${path}.alertLifetimeSeconds`, 'is for type alertmanager');
  }
}

/** The target with what its files hold. Throws `DocumentError`. */
export function targetOf(fields: TargetFields, files: SecretFiles, path: string): Target {
  const { url: _url, urlFile: _urlFile, bearerTokenFile, hmacKeyFile, ...rest } = fields;
  const isChat = fields.type === 'slack' || fields.type === 'teams';
  const [url, headers, tls, hmacKey] = allOf([
    () => urlOf(fields, files, path),
    () => headersOf(fields.headers, bearerTokenFile, files, path),
    () => tlsOf(fields.tls, files, `${path}.tls`),
    () => (hmacKeyFile === undefined ? undefined : hmacKeyOf(hmacKeyFile, files, `${path}.hmacKeyFile`)),
    () => refuseMisplaced(fields, path),
  ]);
  if (fields.tls !== undefined && !url.startsWith('https:')) throw problemAt(`${path}.tls`, 'is for https URLs');
  return {
    ...rest,
    url,
    headers,
    tls,
    ...(hmacKey !== undefined && { hmacKey }),
    clusterScoped: fields.clusterScoped ?? fields.namespaces.length === 0,
    digestSeconds: fields.digestSeconds ?? (isChat ? CHAT_DIGEST_SECONDS : 0),
    alertLifetimeSeconds: fields.alertLifetimeSeconds ?? ALERT_LIFETIME_SECONDS,
  };
}
