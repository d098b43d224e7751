import type { Registry } from 'prom-client';
import type { ReflectorHooks } from '../../kube/reflector-api.ts';
import type { Resource } from '../../kube/resource.ts';
import { addCounter, addGauge, counter, gauge, type MetricFamily } from '../rows.ts';

const rows = {
  cacheObjects: gauge('plimsoll_cache_objects', 'Objects of a resource of which facts are kept.', ['resource']),
  cacheSynced: gauge(
    'plimsoll_cache_synced',
    'Whether a resource was read in full and is followed (1) or not (0): not yet, absent, forbidden or failing.',
    ['resource'],
  ),
  lastEvent: gauge(
    'plimsoll_watch_last_event_timestamp_seconds',
    'Unix time at which the watch of a resource last delivered something, bookmarks included.',
    ['resource'],
  ),
  lists: counter('plimsoll_list_total', 'Full lists of a resource, by result.', ['resource', 'result']),
  restarts: counter('plimsoll_watch_restarts_total', 'Watches of a resource begun anew, by reason.', [
    'resource',
    'reason',
  ]),
  decodeErrors: counter('plimsoll_watch_decode_errors_total', 'Objects of a resource that could not be read.', [
    'resource',
  ]),
};

export const watchesFamily: MetricFamily = { title: 'Caches and watches', rows };

/** What names a resource in a label. */
type ResourceName = Pick<Resource, 'group' | 'resource'>;

/** What of a reflector's hooks is counted. All are called in the read loop, so they only note. */
export type WatchHooks = Pick<
  Required<ReflectorHooks>,
  'onState' | 'onList' | 'onWatchRestart' | 'onEvent' | 'onDecodeError'
>;

interface CacheSize {
  readonly resource: ResourceName;
  readonly objects: number;
}

export interface WatchSources {
  /** How many objects of each resource are known: one entry for each that is watched, empty ones too. */
  readonly cacheSizes: () => Iterable<CacheSize>;
  /** Unix time in seconds. */
  readonly nowSeconds: () => number;
}

/** Registers the health of the watches. */
export function addWatches(registry: Registry, sources: WatchSources): WatchHooks {
  const synced = new Set<string>();
  const lastEvents = new Map<string, number>();
  addGauge(registry, rows.cacheObjects, () =>
    Array.from(sources.cacheSizes(), ({ resource, objects }) => [{ resource: resourceLabel(resource) }, objects]),
  );
  addGauge(registry, rows.cacheSynced, () =>
    Array.from(sources.cacheSizes(), ({ resource }) => {
      const label = resourceLabel(resource);
      return [{ resource: label }, synced.has(label) ? 1 : 0];
    }),
  );
  addGauge(registry, rows.lastEvent, () => Array.from(lastEvents, ([resource, time]) => [{ resource }, time]));
  const lists = addCounter(registry, rows.lists);
  const restarts = addCounter(registry, rows.restarts);
  const decodeErrors = addCounter(registry, rows.decodeErrors);
  return {
    onState: (resource, state) => {
      if (state === 'Synced') synced.add(resourceLabel(resource));
      else synced.delete(resourceLabel(resource));
    },
    onList: (resource, result) => lists.inc({ resource: resourceLabel(resource), result }),
    onWatchRestart: (resource, reason) => restarts.inc({ resource: resourceLabel(resource), reason }),
    onEvent: (resource) => lastEvents.set(resourceLabel(resource), sources.nowSeconds()),
    onDecodeError: (resource) => decodeErrors.inc({ resource: resourceLabel(resource) }),
  };
}

/** As kubectl spells it: `pods`, `deployments.apps`. */
function resourceLabel({ group, resource }: ResourceName): string {
  return group === '' ? resource : `${resource}.${group}`;
}
