import type { Logger } from './logger.ts';
import type { RawObject } from './raw-object.ts';
import type { Resource } from './resource.ts';
import type { Timers } from './timers.ts';
import type { KubeClient } from './client.ts';

/**
 * Takes over what a reflector sees, object by object, synchronously; an object is valid only during the call.
 * What it throws is counted and logged, and ends nothing.
 */
export interface ReflectorSink {
  /** All objects follow by `upsert`. May come again before `endReplace`, when reading them broke off: then it begins anew. */
  startReplace(): void;
  upsert(object: RawObject): void;
  remove(object: RawObject): void;
  /** That was all: what was not seen since the last `startReplace` does not exist any more. */
  endReplace(): void;
}

/** How it stands with a kind: of `Forbidden` and `Absent` the sink keeps what it has seen before, as of `Failing`. */
export type ReflectorState = 'Syncing' | 'Synced' | 'Forbidden' | 'Absent' | 'Failing';

export interface Reflector {
  readonly resource: Resource;
  state(): { readonly state: ReflectorState; readonly message?: string };
  /** Whether the sink has had all objects once, however it stands now. */
  hasSynced(): boolean;
  /** Reads everything anew, now. */
  relist(): void;
  /** When something arrived last, in Unix milliseconds; undefined if nothing has. */
  lastEventTime(): number | undefined;
  /** Resolves when it has ended after the signal; never rejects. */
  readonly done: Promise<void>;
}

export interface ReflectorHooks {
  /** Called on change only. */
  readonly onState?: (resource: Resource, state: ReflectorState, message: string | undefined) => void;
  /** After each reading of the whole collection: `ok`, or the code of the failure. */
  readonly onList?: (resource: Resource, result: string) => void;
  /** Why a watch ended or did not come about: `ended`, `expired`, `idle`, `relist`, or the code of the failure. */
  readonly onWatchRestart?: (resource: Resource, reason: string) => void;
  /** The type as the server wrote it. */
  readonly onEvent?: (resource: Resource, type: string) => void;
  readonly onDecodeError?: (resource: Resource) => void;
  readonly onBytes?: (resource: Resource, bytes: number) => void;
}

export interface ReflectorOptions {
  readonly client: KubeClient;
  readonly resource: Resource;
  /** Of the collection. Default: that of the resource in all namespaces. */
  readonly path?: string;
  /** Asks for metadata only: the body never leaves the server. Default false. */
  readonly metadataOnly?: boolean;
  readonly fieldSelector?: string;
  /** Most clusters do not serve it: then that is nothing to warn of, and it is asked for again only now and then. Default false. */
  readonly isRare?: boolean;
  readonly sink: ReflectorSink;
  readonly hooks: ReflectorHooks;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** A watch that is silent for so long is taken for dead. Bookmarks come about once a minute. Default 150 s. */
  readonly idleTimeoutMs?: number;
}
