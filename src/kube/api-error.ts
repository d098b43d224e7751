/** The kinds of failure that callers tell apart. */
export type ApiErrorCode =
  | 'BadRequest'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'Conflict'
  | 'Gone'
  | 'Invalid'
  | 'TooManyRequests'
  | 'ServerError'
  | 'Other';

const CODES: Readonly<Record<number, ApiErrorCode>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Gone',
  422: 'Invalid',
  429: 'TooManyRequests',
};

/** The fields of a `meta/v1` Status that are read. */
export interface Status {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly retryAfterSeconds?: number };
}

/** The API server answered, and the answer is a failure. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: ApiErrorCode;
  /** The server's own word for it, such as `AlreadyExists`. */
  readonly reason?: string;
  /** How long the server asks to be left alone. */
  readonly retryAfterMs?: number;

  constructor(request: string, httpStatus: number, status: Status = {}, retryAfterMs?: number) {
    super(`${request}: ${httpStatus} ${status.message ?? status.reason ?? 'without a reason'}`);
    this.status = httpStatus;
    this.code = CODES[httpStatus] ?? (httpStatus >= 500 ? 'ServerError' : 'Other');
    if (status.reason !== undefined && status.reason !== '') this.reason = status.reason;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

/** There was no answer, or none that could be read: the connection, the credentials or the body failed. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  /** `Timeout`, `MalformedBody`, or what the connection failed of: `ECONNREFUSED`, `UND_ERR_SOCKET`. */
  readonly code: string;

  constructor(request: string, code: string, cause: unknown) {
    super(`${request}: ${cause instanceof Error ? cause.message : String(cause)} (${code})`, { cause });
    this.code = code;
  }
}

/** The Status in an answer's body, as far as there is one: proxies answer in HTML or not at all. */
export function parseStatus(body: string): Status {
  try {
    const parsed: unknown = JSON.parse(body);
    if (isStatus(parsed)) return parsed;
  } catch {
    // Not JSON: the text itself is the best message there is.
  }
  const message = body.trim().slice(0, 200);
  return message === '' ? {} : { message };
}

/** Whether a decoded object is a Status, of which every field is of the expected type or absent. */
export function isStatus(value: unknown): value is Status {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'Status') return false;
  const { code, reason, message } = value as Record<string, unknown>;
  return isOptional(code, 'number') && isOptional(reason, 'string') && isOptional(message, 'string');
}

function isOptional(value: unknown, type: 'number' | 'string'): boolean {
  return value === undefined || typeof value === type;
}

/** A Retry-After header in milliseconds. The API server always sends seconds; anything else is ignored. */
export function parseRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,6}$/.test(header.trim())) return undefined;
  return Number(header) * 1000;
}
