import type { Dispatcher } from 'undici';
import type { Access, AccessSource } from './access.ts';
import { ApiError, parseRetryAfter, parseStatus, TransportError } from './api-error.ts';
import type { ClientHooks, Query, RequestOptions, StreamOptions } from './client.ts';

/** One request, sent once. */
export type Call = Omit<RequestOptions, 'timeoutMs'> & Pick<StreamOptions, 'idleTimeoutMs'>;

/** Sends single requests, each once, but for a second attempt with new credentials when the server does not know us. */
export interface Sender {
  /** The body of a good answer, as it arrives. Throws `ApiError`, `TransportError` or the signal's reason. */
  readonly body: (call: Call) => Promise<AsyncIterable<Buffer>>;
  /** The decoded body of a good answer. Throws alike. */
  readonly decoded: <T>(call: Call) => Promise<T>;
}

export interface SenderOptions {
  readonly accesses: AccessSource;
  readonly userAgent: string;
  readonly hooks: ClientHooks;
  readonly now: () => number;
}

const JSON_TYPE = 'application/json';
/** The server answers or gives up within a minute; a watch begins to answer at once. */
const HEADERS_TIMEOUT_MS = 60_000;

export function createSender({ accesses, userAgent, hooks, now }: SenderOptions): Sender {
  async function attempt(call: Call): Promise<{ access: Access; response: Dispatcher.ResponseData }> {
    const access = await currentAccess(call);
    const startedAtMs = now();
    let code = '<error>';
    try {
      const response = await access.dispatcher.request(undiciOptions(call, access, userAgent));
      code = String(response.statusCode);
      const { date } = response.headers;
      if (typeof date === 'string') hooks.onServerDate?.(new Date(date), now());
      return { access, response };
    } catch (error) {
      throw failure(call, error);
    } finally {
      const seconds = (now() - startedAtMs) / 1000;
      hooks.onRequest?.({ method: call.method, host: access.server.host, code, seconds });
    }
  }

  async function currentAccess(call: Call): Promise<Access> {
    try {
      return await accesses.current();
    } catch (error) {
      throw new TransportError(nameOf(call), 'NoCredentials', error);
    }
  }

  async function authenticated(call: Call): Promise<Dispatcher.ResponseData> {
    const { access, response } = await attempt(call);
    if (response.statusCode !== 401) return response;
    await response.body.dump();
    accesses.drop(access);
    return (await attempt(call)).response;
  }

  async function body(call: Call): Promise<Dispatcher.ResponseData['body']> {
    const { statusCode, headers, body: answer } = await authenticated(call);
    if (statusCode < 300) return answer;
    const retryAfter = headers['retry-after'];
    const retryAfterMs = typeof retryAfter === 'string' ? parseRetryAfter(retryAfter) : undefined;
    throw new ApiError(nameOf(call), statusCode, parseStatus(await textOf(call, answer)), retryAfterMs);
  }

  return {
    body,
    async decoded<T>(call: Call) {
      // The caller names the shape, as the API documents it.
      return decode(call, await textOf(call, await body(call))) as T;
    },
  };
}

async function textOf(call: Call, body: Dispatcher.ResponseData['body']): Promise<string> {
  try {
    return await body.text();
  } catch (error) {
    throw failure(call, error);
  }
}

function decode(call: Call, text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    throw new TransportError(nameOf(call), 'MalformedBody', error);
  }
}

/** What to throw for what undici has thrown: after an abort that is the signal's reason already. */
function failure(call: Call, error: unknown): unknown {
  return call.signal?.aborted === true ? error : new TransportError(nameOf(call), codeOf(error), error);
}

function undiciOptions(call: Call, { server, headers }: Access, userAgent: string): Dispatcher.RequestOptions {
  const hasBody = call.body !== undefined;
  return {
    method: call.method,
    origin: server.origin,
    path: `${server.pathname.replace(/\/$/, '')}${call.path}${queryText(call.query)}`,
    headers: {
      ...headers,
      accept: call.accept ?? JSON_TYPE,
      'user-agent': userAgent,
      ...(hasBody ? { 'content-type': call.contentType ?? JSON_TYPE } : {}),
    },
    body: hasBody ? (call.bodyText ?? JSON.stringify(call.body)) : null,
    signal: call.signal ?? null,
    headersTimeout: HEADERS_TIMEOUT_MS,
    bodyTimeout: call.idleTimeoutMs ?? 0,
  };
}

function queryText(query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}

/** How a message names a call: the query would only hide what it is about. */
export function nameOf({ method, path }: Pick<Call, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** The code of a network error, which may lie below undici's own. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.name : codeOf(error.cause);
}
