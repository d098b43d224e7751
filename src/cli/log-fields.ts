import type { LogFields } from '../kube/logger.ts';

/** What can be printed: no cycles, no secrets, nothing that JSON cannot hold. */
export type Printable = string | number | boolean | null | readonly Printable[] | { readonly [key: string]: Printable };

export interface RenderOptions {
  /** Whether errors show where they were made; for debugging only, as a stack is a page. */
  readonly stacks: boolean;
}

const REDACTED = '[redacted]';
/** Deeper than anything worth a log line, and an end to structures that unfold for ever. */
const MAX_DEPTH = 8;
const SECRET_KEY =
  /(authorization|token|password|passwd|passphrase|cookie|credentials?|(private|client|api)[-_]?key(-data)?)$/i;
/** Texts from elsewhere, such as an error's message, may quote a header, a ServiceAccount's token or a proxy's URL. */
const SECRET_TEXT = /(bearer\s+)[\w.~+/-]+=*|\beyJ[\w-]+\.[\w-]+\.[\w-]+|(:\/\/)[^\s/@]+@/gi;

/**
 * The fields as they may be printed: errors as message, code and chain of causes, values under secret keys replaced,
 * and whatever JSON cannot hold turned into text. Never throws: a log line must not break what it tells of.
 */
export function printableFields(fields: LogFields, options: RenderOptions): Readonly<Record<string, Printable>> {
  try {
    return printableEntries(Object.entries(fields), options, []);
  } catch (error) {
    return { unprintable: `the fields cannot be read: ${String(error)}` };
  }
}

type Ancestors = readonly object[];

function printableEntries(
  entries: Iterable<readonly [unknown, unknown]>,
  options: RenderOptions,
  ancestors: Ancestors,
): Record<string, Printable> {
  const result: Record<string, Printable> = {};
  for (const [key, value] of entries) {
    if (value !== undefined)
      result[String(key)] = isSecret(String(key), value) ? REDACTED : printable(value, options, ancestors);
  }
  return result;
}

/** A boolean beside such a key is a setting (`automountServiceAccountToken: true`), and worth knowing. */
function isSecret(key: string, value: unknown): boolean {
  return SECRET_KEY.test(key) && value !== null && typeof value !== 'boolean';
}

function printable(value: unknown, options: RenderOptions, ancestors: Ancestors): Printable {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return withoutSecrets(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return value.toString();
  return typeof value === 'object' ? printableObject(value, options, ancestors) : '[function]';
}

function printableObject(value: object, options: RenderOptions, ancestors: Ancestors): Printable {
  if (ancestors.includes(value)) return '[circular]';
  if (ancestors.length >= MAX_DEPTH) return '[too deep]';
  const inner = [...ancestors, value];
  if (value instanceof Error) return printableError(value, options, inner);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof URL) return withoutSecrets(value.href);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return printableEntries(value, options, inner);
  if (Array.isArray(value) || value instanceof Set) {
    return Array.from<unknown, Printable>(value, (item) => printable(item, options, inner));
  }
  return printableEntries(Object.entries(value), options, inner);
}

function printableError(error: Error, options: RenderOptions, ancestors: Ancestors): Printable {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown };
  return {
    message: withoutSecrets(error.message === '' ? error.name : error.message),
    ...(code === undefined ? {} : { code: printable(code, options, ancestors) }),
    ...(error instanceof AggregateError ? { errors: printable(error.errors, options, ancestors) } : {}),
    ...(options.stacks && error.stack !== undefined ? { stack: withoutSecrets(error.stack) } : {}),
    ...(cause === undefined ? {} : { cause: printable(cause, options, ancestors) }),
  };
}

function withoutSecrets(text: string): string {
  return text.replace(
    SECRET_TEXT,
    (_match, scheme: string | undefined, url: string | undefined) =>
      `${scheme ?? url ?? ''}${REDACTED}${url === undefined ? '' : '@'}`,
  );
}
