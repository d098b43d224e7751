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
  /** The body as JSON, where the caller has made it already. */
  readonly bodyText?: string;
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
