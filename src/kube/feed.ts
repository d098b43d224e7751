import { ApiError, isStatus } from './api-error.ts';
import type { SplitterOptions } from './json-stream.ts';
import { createRawObjectReader, type RawObject } from './raw-object.ts';
import type { ReflectorOptions, ReflectorSink } from './reflector-api.ts';
import { readWatchEvent } from './watch-event.ts';

/** The annotation of the bookmark after the last of the initial events. */
const INITIAL_EVENTS_END = 'k8s.io/initial-events-end';

/** Hands what the server sends over to the sink, and knows how far that has come. Nothing that the sink does ends the stream. */
export interface Feed {
  /** The elements of a LIST. */
  readonly items: SplitterOptions;
  /** The lines of a WATCH. `onItem` throws `ApiError` when the server ends the watch by an error event. */
  readonly events: SplitterOptions;
  /** Where to watch on from; undefined if the whole collection has to be read first. */
  readonly version: () => string | undefined;
  /** What was seen so far is of no use any more: read the whole collection next. */
  readonly expire: () => void;
  readonly isReplacing: () => boolean;
  readonly startReplace: () => void;
  readonly endReplace: (version: string) => void;
}

type FeedOptions = Pick<ReflectorOptions, 'resource' | 'sink' | 'hooks' | 'logger'> & {
  /** The whole collection has been handed over. */
  readonly onReplaced: () => void;
};

export function createFeed({ resource, sink: target, hooks, logger, onReplaced }: FeedOptions): Feed {
  const reader = createRawObjectReader();
  const sink = guarded(target, skip);
  let version: string | undefined;
  let isReplacing = false;

  function skip(error: unknown): void {
    hooks.onDecodeError?.(resource);
    logger.warn('an object was skipped', { kind: resource.kind, object: nameOf(reader.object), error });
  }
  function onTooLarge(): void {
    reader.read(EMPTY_OBJECT);
    skip(new Error('the object is too large'));
  }
  function endReplace(listVersion: string): void {
    isReplacing = false;
    version = listVersion;
    sink.endReplace();
    onReplaced();
  }

  function onEvent(line: Buffer): void {
    reader.read(EMPTY_OBJECT);
    const type = readWatchEvent(line, reader);
    hooks.onEvent?.(resource, type);
    const { object } = reader;
    if (type === 'ERROR') throw errorOf(object);
    const next = object.text('metadata.resourceVersion');
    if (type === 'ADDED' || type === 'MODIFIED') sink.upsert(object);
    else if (type === 'DELETED') sink.remove(object);
    else if (type === 'BOOKMARK' && isReplacing && isLastInitialEvent(object)) endReplace(next ?? '');
    // Half a replacement is no place to go on from.
    if (next !== undefined && !isReplacing) version = next;
  }

  return {
    items: { onItem: (bytes) => sink.upsert(reader.read(bytes)), onTooLarge },
    events: {
      onItem(line) {
        try {
          onEvent(line);
        } catch (error) {
          if (error instanceof ApiError) throw error;
          skip(error);
        }
      },
      onTooLarge,
    },
    version: () => version,
    expire() {
      version = undefined;
    },
    isReplacing: () => isReplacing,
    startReplace() {
      isReplacing = true;
      sink.startReplace();
    },
    endReplace,
  };
}

/** The sink, but what it throws goes to `onError`. */
function guarded(sink: ReflectorSink, onError: (error: unknown) => void): ReflectorSink {
  function attempt(handOver: () => void): void {
    try {
      handOver();
    } catch (error) {
      onError(error);
    }
  }
  return {
    startReplace: () => attempt(() => sink.startReplace()),
    upsert: (object) => attempt(() => sink.upsert(object)),
    remove: (object) => attempt(() => sink.remove(object)),
    endReplace: () => attempt(() => sink.endReplace()),
  };
}

const EMPTY_OBJECT = Buffer.from('{}');

function isLastInitialEvent(bookmark: RawObject): boolean {
  const annotations = bookmark.parse('metadata.annotations');
  return typeof annotations === 'object' && annotations !== null && INITIAL_EVENTS_END in annotations;
}

/** An error event holds the Status that would have been the answer, had it come up earlier. */
function errorOf(object: RawObject): ApiError {
  const status = object.parse('');
  if (!isStatus(status)) return new ApiError('WATCH', 500, { message: 'an error event without a Status' });
  const seconds = status.details?.retryAfterSeconds;
  return new ApiError('WATCH', status.code ?? 500, status, seconds === undefined ? undefined : seconds * 1000);
}

/** The object's name as far as it can be read, to tell people which one it was. */
function nameOf(object: RawObject): string {
  try {
    const name = object.text('metadata.name') ?? '';
    const namespace = object.text('metadata.namespace');
    return namespace === undefined ? name : `${namespace}/${name}`;
  } catch {
    return '';
  }
}
