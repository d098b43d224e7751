import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubeClient } from '../../src/kube/client.ts';

interface Page<T> {
  readonly items: readonly T[];
  readonly metadata: { readonly continue?: string; readonly remainingItemCount?: number };
}

const JSON_TYPE = 'application/json';
/** Asks for less than a third of the bytes. */
export const METADATA_ONLY = `${JSON_TYPE};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`;
const PAGE_SIZE = 500;

/** How many objects a collection has. With a selector the API server does not tell how many remain: all are asked for. */
export async function count(client: KubeClient, path: string, fieldSelector?: string): Promise<number> {
  const query = fieldSelector === undefined ? { limit: 1 } : { fieldSelector };
  const { items, metadata } = await client.request<Page<KubernetesObject>>({
    method: 'GET',
    path,
    query,
    accept: METADATA_ONLY,
  });
  return items.length + (metadata.remainingItemCount ?? 0);
}

/** All objects of a collection, without ever holding more than a page of them. */
export async function* list<T = KubernetesObject>(
  client: KubeClient,
  path: string,
  accept = JSON_TYPE,
): AsyncGenerator<T> {
  let next: string | undefined;
  do {
    const query = { limit: PAGE_SIZE, continue: next };
    const { items, metadata } = await client.request<Page<T>>({ method: 'GET', path, query, accept });
    yield* items;
    next = metadata.continue;
  } while (next !== undefined && next !== '');
}

/** How much JSON a collection holds. */
export interface Bytes {
  readonly objects: number;
  readonly totalBytes: number;
  readonly meanBytes: number;
  readonly maxBytes: number;
}

/** Measure the objects as the API server sends them, managedFields included. */
export async function bytesOf(objects: AsyncIterable<unknown>): Promise<Bytes> {
  let [seen, totalBytes, maxBytes] = [0, 0, 0];
  for await (const object of objects) {
    const bytes = Buffer.byteLength(JSON.stringify(object));
    seen++;
    totalBytes += bytes;
    maxBytes = Math.max(maxBytes, bytes);
  }
  return { objects: seen, totalBytes, meanBytes: totalBytes / Math.max(seen, 1), maxBytes };
}
