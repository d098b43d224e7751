import type { KubeConfig } from '@kubernetes/client-node';
import { createAccessSource } from './access.ts';
import { withDeadline } from './deadline.ts';
import { withRetries } from './retry.ts';
import { createSender, nameOf } from './sender.ts';
import { systemTimers, type Timers } from './timers.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface StreamOptions {
  /** Below the server's root, escaped, without the query. */
  readonly path: string;
  readonly query?: Query;
  /** Default `application/json`. */
  readonly accept?: string;
  /** Ends the stream. */
  readonly signal?: AbortSignal;
  /** The stream fails if for so long nothing arrives. Default: it may be silent for ever. */
  readonly idleTimeoutMs?: number;
}

export interface RequestOptions {
  readonly method: Method;
  /** Below the server's root, escaped, without the query. */
  readonly path: string;
  readonly query?: Query;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Of the body. Default `application/json`. */
  readonly contentType?: string;
  /** Default `application/json`. */
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** For the whole call, retries included. Default 60 s. */
  readonly timeoutMs?: number;
}

/** Talks to one API server over one shared set of connections. */
export interface KubeClient {
  /**
   * The decoded answer; undefined if its body is empty. Throws `ApiError` when the server refuses, `TransportError` when it
   * cannot be reached, and the signal's reason when aborted. Retries what can safely be retried.
   */
  request<T>(options: RequestOptions): Promise<T>;
  /** The body as it arrives. Throws as `request` does, but never retries; breaking off the iteration ends the stream. */
  stream(options: StreamOptions): Promise<AsyncIterable<Buffer>>;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

/** What metrics and the clock want to know of the traffic. */
export interface ClientHooks {
  /** After each attempt; `code` is the HTTP status, or `<error>` if there was no answer. */
  readonly onRequest?: (call: {
    readonly method: Method;
    readonly host: string;
    readonly code: string;
    readonly seconds: number;
  }) => void;
  /** Before an attempt is repeated; `code` as above, of the attempt that failed. */
  readonly onRetry?: (call: { readonly method: Method; readonly host: string; readonly code: string }) => void;
  /** The Date header of an answer, and the monotonic time at which it came. */
  readonly onServerDate?: (date: Date, receivedAtMs: number) => void;
}

export interface ClientOptions {
  /** Called at the start, and again when the server does not accept the credentials any more. */
  readonly loadConfig: () => KubeConfig;
  /** `plimsoll/<version>` */
  readonly userAgent: string;
  readonly hooks?: ClientHooks;
  readonly timers?: Timers;
}

const REQUEST_TIMEOUT_MS = 60_000;
/** A client for the server that the kubeconfig names. Throws what `loadConfig` throws. */
export function createClient({ loadConfig, userAgent, hooks = {}, timers = systemTimers }: ClientOptions): KubeClient {
  const accesses = createAccessSource(loadConfig, timers.now);
  const sender = createSender({ accesses, userAgent, hooks, now: timers.now });
  return {
    request<T>({ timeoutMs = REQUEST_TIMEOUT_MS, ...call }: RequestOptions): Promise<T> {
      const onRetry = (code: string): void =>
        hooks.onRetry?.({ method: call.method, host: accesses.server().host, code });
      return withDeadline(nameOf(call), timeoutMs, call.signal, (signal) =>
        withRetries({ call, signal, timers, onRetry }, () => sender.decoded<T>({ ...call, signal })),
      );
    },
    stream: (call) => sender.body({ method: 'GET', ...call }),
    close: accesses.close,
  };
}
