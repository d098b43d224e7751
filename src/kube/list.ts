import { createListSplitter, type SplitterOptions } from './json-stream.ts';
import type { KubeClient, Query } from './client.ts';

export interface ListOptions extends SplitterOptions {
  readonly client: KubeClient;
  readonly path: string;
  readonly accept: string;
  /** Selectors. */
  readonly query: Query;
  /** Items per request; 0 asks for all of them at once. */
  readonly pageSize: number;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal;
  readonly onChunk: (chunk: Buffer) => void;
}

/**
 * Reads a whole collection, page by page, and answers the resourceVersion to watch on from.
 * Throws as the client does; `ApiError` with code `Gone` if a page was asked for too late: then the list must begin anew.
 */
export async function readList(options: ListOptions): Promise<string> {
  const { client, path, accept, query, pageSize, idleTimeoutMs, signal, onChunk } = options;
  const limit = pageSize === 0 ? undefined : pageSize;
  for (let token = ''; ;) {
    const page = { ...query, limit, continue: token === '' ? undefined : token };
    const body = await client.stream({ path, query: page, accept, signal, idleTimeoutMs });
    const splitter = createListSplitter(options);
    for await (const chunk of body) {
      onChunk(chunk);
      splitter.push(chunk);
    }
    const { resourceVersion, continueToken } = splitter.finish();
    if (continueToken === '') return resourceVersion;
    token = continueToken;
  }
}
