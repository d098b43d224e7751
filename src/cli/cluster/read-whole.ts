import { ApiError } from '../../kube/api-error.ts';
import { readList, type ListOptions } from '../../kube/list.ts';

export interface ReadWholeOptions extends Pick<ListOptions, 'client' | 'path' | 'signal' | 'onItem' | 'onTooLarge'> {
  /** Default all of each object, in JSON. */
  readonly accept?: string;
  /** Selectors. Default none. */
  readonly query?: ListOptions['query'];
  /** The list begins anew: what was handed out of it comes again. */
  readonly onRestart?: () => void;
}

const PAGE_SIZE = 500;
const IDLE_TIMEOUT_MS = 60_000;

/**
 * Reads a collection once, page by page. One that the server forgot between two pages is asked for once more, at once.
 * Throws as the client does.
 */
export async function readWhole({
  onRestart,
  accept = 'application/json',
  query = {},
  ...list
}: ReadWholeOptions): Promise<void> {
  const read = async (pageSize: number): Promise<string> =>
    readList({ ...list, accept, query, pageSize, idleTimeoutMs: IDLE_TIMEOUT_MS, onChunk: () => undefined });
  try {
    await read(PAGE_SIZE);
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'Gone')) throw error;
    onRestart?.();
    await read(0);
  }
}
