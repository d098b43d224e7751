import {
  CLUSTER_SECURITY_EXCEPTIONS,
  CLUSTER_SECURITY_REPORTS,
  COMPLIANCE_REPORTS,
  SECURITY_EXCEPTIONS,
  SECURITY_REPORTS,
} from '../../crds/index.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import { WATCHED, watchName, type Kind, type OptionalRead, type Watched } from '../../inventory/watched.ts';
import type { Logger } from '../../kube/logger.ts';
import { startReflector } from '../../kube/reflector.ts';
import type {
  Reflector,
  ReflectorHooks,
  ReflectorOptions,
  ReflectorSink,
  ReflectorState,
} from '../../kube/reflector-api.ts';
import type { Resource } from '../../kube/resource.ts';
import type { Timers } from '../../kube/timers.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { ExceptionKind } from '../../reports/exceptions/exception.ts';
import type { ReportRecords } from '../../reports/records.ts';
import type { Unreadable } from '../assess/availability.ts';
import { apiName, listTargetOf, notAskedFor } from './what-to-read.ts';

export interface WatchingOptions {
  readonly client: KubeClient;
  readonly inventory: Inventory<unknown>;
  readonly records: ReportRecords;
  /** For the reflector of compliance reports. */
  readonly compliance: ReflectorSink;
  /** For the reflectors of exceptions. */
  readonly exceptions: (kind: ExceptionKind) => ReflectorSink;
  readonly hooks: ReflectorHooks;
  /** Which of the kinds that are read only on request are. */
  readonly optionalReads: readonly OptionalRead[];
  /** A kind became readable, or ceased to be. */
  readonly onReadableChange: () => void;
  readonly logger: Logger;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

/** All the watches of the operator. */
export interface Watching {
  /** Settles when our own reports were read, and every other kind was read or is known not to be readable. */
  readonly settled: Promise<void>;
  readonly isSettled: () => boolean;
  readonly reflectors: readonly Reflector[];
  /** Why a kind cannot be read now, even if it could be earlier. */
  readonly unreadable: (kind: Kind) => Unreadable | undefined;
  /** Whether a kind has been read; what is known of it then serves even if it cannot be read any more. */
  readonly isReadable: (kind: Kind) => boolean;
  /** Whether the compliance reports have been read. */
  readonly isComplianceReadable: () => boolean;
  /** Whether it is known which exceptions there are; if the API server does not serve them, there are none. */
  readonly areExceptionsKnown: () => boolean;
  /** Ends when every watch has ended after the signal. */
  readonly done: Promise<unknown>;
}

function unreadableNow(reflector: Reflector): Unreadable | undefined {
  const name = apiName(reflector.resource);
  switch (reflector.state().state) {
    case 'Forbidden':
      return {
        reason: 'PermissionDenied',
        message: `${name} may not be read: grant get, list and watch to the operator`,
      };
    case 'Absent':
      return { reason: 'ApiAbsent', message: `the API server does not serve ${name}` };
    case 'Syncing':
    case 'Failing':
      return reflector.hasSynced() ? undefined : { reason: 'NotSynced', message: `${name} could not be read yet` };
    case 'Synced':
    default:
      return undefined;
  }
}

/** A kind that stands in for another, in a cluster that does not have it. */
function isKnownToHaveNone(kind: Kind, reflector: Reflector): boolean {
  const isStandIn = WATCHED.some((each) => each.kind === kind && each.standsInFor !== undefined);
  return isStandIn && reflector.state().state === 'Absent';
}

/** Read once, or known not to be readable. */
export function isKnown(reflector: Reflector): boolean {
  const { state } = reflector.state();
  return reflector.hasSynced() || state === 'Forbidden' || state === 'Absent';
}

const optionsOf = (row: Watched): Partial<ReflectorOptions> => ({
  metadataOnly: row.metadataOnly,
  isRare: row.standsInFor !== undefined,
  ...listTargetOf(row),
});

/** Starts to watch everything that is judged, and our own reports. */
export function startWatching(options: WatchingOptions): Watching {
  const { client, inventory, records, hooks, logger, timers, signal, onReadableChange, optionalReads } = options;
  const watched = WATCHED.filter(({ optional }) => optional === undefined || optionalReads.includes(optional));
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
  const byKind = new Map<string, Reflector>();
  const unreadableKinds = new Set<string>();
  let isSettled = false;

  /** Whether the kind has just become readable, or ceased to be. */
  function hasTurned(resource: Resource, state: ReflectorState): boolean {
    const name = apiName(resource);
    if (state === 'Synced') return unreadableKinds.delete(name);
    const wasReadable = !unreadableKinds.has(name);
    unreadableKinds.add(name);
    return wasReadable;
  }

  function onState(...[resource, state, message]: Parameters<NonNullable<ReflectorHooks['onState']>>): void {
    hooks.onState?.(resource, state, message);
    if (state === 'Syncing' || state === 'Failing') return;
    const isTurned = hasTurned(resource, state);
    if (!isSettled) checkSettled();
    else if (isTurned) onReadableChange();
  }

  function start(resource: Resource, sink: ReflectorSink, more: Partial<ReflectorOptions> = {}): Reflector {
    return startReflector({
      ...more,
      client,
      resource,
      sink,
      hooks: { ...hooks, onState },
      logger,
      timers,
      signal,
    });
  }

  const own = [
    start(SECURITY_REPORTS, records.sink('Namespaced')),
    start(CLUSTER_SECURITY_REPORTS, records.sink('Cluster')),
  ];
  // Nothing is remembered in these: without their CRD everything else goes on.
  const compliance = start(COMPLIANCE_REPORTS, options.compliance);
  const exceptions = [
    start(SECURITY_EXCEPTIONS, options.exceptions('SecurityException')),
    start(CLUSTER_SECURITY_EXCEPTIONS, options.exceptions('ClusterSecurityException')),
  ];
  for (const row of watched) byKind.set(row.kind, start(watchName(row), inventory.sink(row.kind), optionsOf(row)));
  const reflectors = [...own, compliance, ...exceptions, ...byKind.values()];

  /** Without our own reports nothing is remembered: they must be read before anything is judged. */
  function checkSettled(): void {
    if (!own.every((reflector) => reflector.hasSynced())) return;
    if (byKind.size < watched.length || ![compliance, ...exceptions, ...byKind.values()].every(isKnown)) return;
    isSettled = true;
    settle();
  }

  return {
    settled,
    isSettled: () => isSettled,
    reflectors,
    unreadable(kind) {
      const reflector = byKind.get(kind);
      if (reflector === undefined) return notAskedFor(kind);
      return isKnownToHaveNone(kind, reflector) ? undefined : unreadableNow(reflector);
    },
    isReadable(kind) {
      const reflector = byKind.get(kind);
      return reflector !== undefined && (reflector.hasSynced() || isKnownToHaveNone(kind, reflector));
    },
    isComplianceReadable: () => compliance.hasSynced(),
    areExceptionsKnown: () =>
      exceptions.every((reflector) => reflector.hasSynced() || reflector.state().state === 'Absent'),
    done: Promise.all(reflectors.map(({ done }) => done)),
  };
}
