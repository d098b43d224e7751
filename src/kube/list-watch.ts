import { ApiError, type ApiErrorCode } from './api-error.ts';
import type { Feed } from './feed.ts';
import { createLineSplitter } from './json-stream.ts';
import { readList } from './list.ts';
import type { ReflectorOptions } from './reflector-api.ts';
import { resourcePath } from './resource.ts';
import type { KubeClient, Query } from './client.ts';

/** One attempt to read a collection and to follow its changes. */
export interface ListWatch {
  /**
   * Goes on from where the feed has come to, until the server ends the watch; that is told by `onOpen` when it begins.
   * Throws why it ended otherwise: `ApiError`, also one that came as an event, or a failure of the connection.
   */
  readonly follow: (signal: AbortSignal, onOpen: () => void) => Promise<void>;
}

const PAGE_SIZE = 500;
/** Bookmarks come about once a minute, so a watch that is silent for longer is dead. */
const IDLE_TIMEOUT_MS = 150_000;
/** The server is to end each watch after a while, so that clients spread over its replicas; not all at the same time. */
const WATCH_SECONDS = { min: 300, max: 600 };

/** Answers to a watch-list that a LIST would get as well: any other 4xx says that the server does not know watch-lists. */
const NOT_A_REFUSAL: ReadonlySet<ApiErrorCode> = new Set([
  'Unauthorized',
  'Forbidden',
  'NotFound',
  'Gone',
  'TooManyRequests',
]);

/** Servers that have refused a watch-list. It is a matter of their version and settings, so all kinds learn from one. */
const withoutWatchList = new WeakSet<KubeClient>();

export function createListWatch(options: ReflectorOptions, feed: Feed, onChunk: (chunk: Buffer) => void): ListWatch {
  const { client, resource, metadataOnly = false, fieldSelector, timers, idleTimeoutMs = IDLE_TIMEOUT_MS } = options;
  const { path = resourcePath(resource) } = options;
  let pageSize = PAGE_SIZE;

  async function watch(signal: AbortSignal, onOpen: () => void, query: Query): Promise<void> {
    const { min, max } = WATCH_SECONDS;
    const timeoutSeconds = Math.round(min + timers.random() * (max - min));
    const body = await client.stream({
      path,
      query: { watch: true, allowWatchBookmarks: true, timeoutSeconds, fieldSelector, ...query },
      accept: accepted('PartialObjectMetadata', metadataOnly),
      signal,
      idleTimeoutMs,
    });
    if (feed.version() === undefined) feed.startReplace();
    onOpen();
    const events = createLineSplitter(feed.events);
    for await (const chunk of body) {
      onChunk(chunk);
      events.push(chunk);
    }
  }

  async function list(signal: AbortSignal): Promise<void> {
    const accept = accepted('PartialObjectMetadataList', metadataOnly);
    feed.startReplace();
    try {
      const query = { fieldSelector };
      feed.endReplace(
        await readList({ ...feed.items, client, path, accept, query, pageSize, idleTimeoutMs, signal, onChunk }),
      );
      pageSize = PAGE_SIZE;
    } catch (error) {
      // The server forgot the list before its last page was asked for: next time take it in one.
      if (error instanceof ApiError && error.code === 'Gone') pageSize = 0;
      throw error;
    }
  }

  /** Answers false if the server does not know how to. */
  async function watchList(signal: AbortSignal, onOpen: () => void): Promise<boolean> {
    try {
      await watch(signal, onOpen, { sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' });
      return true;
    } catch (error) {
      // Once it has begun it has not been refused, whatever ends it.
      if (!isRefusal(error) || feed.version() !== undefined || feed.isReplacing()) throw error;
      withoutWatchList.add(client);
      return false;
    }
  }

  return {
    async follow(signal, onOpen) {
      if (feed.version() === undefined) {
        // After one that broke off half-way a LIST is the surer way: a server that never ends its initial events must not stop us.
        const isWorthTrying = !withoutWatchList.has(client) && !feed.isReplacing();
        if (isWorthTrying && (await watchList(signal, onOpen))) return;
        await list(signal);
      }
      await watch(signal, onOpen, { resourceVersion: feed.version() });
    },
  };
}

function accepted(kind: string, metadataOnly: boolean): string {
  return metadataOnly ? `application/json;as=${kind};g=meta.k8s.io;v=v1` : 'application/json';
}

function isRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && !NOT_A_REFUSAL.has(error.code);
}
