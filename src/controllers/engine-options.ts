import type { ServerFacts } from '../checks/check.ts';
import type { Framework } from '../checks/frameworks/index.ts';
import type { CheckParameters } from '../checks/parameters.ts';
import type { Selection } from '../checks/selection.ts';
import type { OptionalRead } from '../inventory/watched.ts';
import type { Logger } from '../kube/logger.ts';
import type { ReflectorHooks } from '../kube/reflector-api.ts';
import type { Timers } from '../kube/timers.ts';
import type { KubeClient } from '../kube/client.ts';
import type { ReadConfigz } from '../kube/kubelet-configz.ts';
import type { Exception } from '../reports/exceptions/exception.ts';
import type { ExceptionPolicy } from '../reports/exceptions/policy.ts';
import type { ViolationChanges } from '../reports/counts/violation-changes.ts';
import type { OnRecordChange } from '../reports/records.ts';
import type { WriteHooks, WriteResult } from '../reports/write.ts';
import type { QueueHooks } from './queue.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { StoredReportChange } from './reconcile.ts';
import type { ScopeOptions } from './scope.ts';

/** What the operator is to do, and what the process lends to it. */
export interface EngineOptions {
  readonly client: KubeClient;
  readonly scope: ScopeOptions;
  readonly selection: Selection;
  readonly parameters: CheckParameters;
  /** Tells people what is news; it lives longer than one engine. */
  readonly outbox: Outbox;
  /** What exceptions may do. */
  readonly exceptionPolicy: ExceptionPolicy;
  /** Those that the cluster is held against. */
  readonly frameworks: readonly Framework[];
  readonly concurrency: number;
  /** Which of the kinds that are read only on request are. */
  readonly optionalReads: readonly OptionalRead[];
  readonly writesPerSecond: number;
  /** Version of the API server; the day is added here. */
  readonly server: Omit<ServerFacts, 'today'>;
  readonly podSecurityMinor: number;
  /** Asks kubelets for their configuration; absent where the ConfigMap of the cluster is to tell. */
  readonly readKubelet?: ReadConfigz;
  /** Whether the containers of findings are remembered, for metrics of single findings. */
  readonly remembersContainers: boolean;
  readonly now: () => Date;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly hooks: EngineHooks;
}

export interface EngineHooks {
  readonly reflector: ReflectorHooks;
  readonly queue: (depth: () => number) => QueueHooks;
  /** `detectionSeconds`: from the event to the stored report; undefined where no event asked for the write. */
  readonly onWrite: (result: WriteResult, detectionSeconds: number | undefined) => void;
  readonly onCheckError: (check: string) => void;
  readonly onStored: (change: StoredReportChange) => void;
  /** An exception has ended while it was in force. */
  readonly onExceptionExpired: (exception: Exception) => void;
  /** How long judging one subject took. */
  readonly onScanned: (seconds: number) => void;
  /** Findings came or went by our own writes, after the first pass. */
  readonly onViolations: (changes: ViolationChanges) => void;
  /** Any change of what is stored, ours or not, from the start on. */
  readonly onRecordChange: OnRecordChange;
  readonly onReportSize: Exclude<WriteHooks['onSize'], undefined>;
  readonly onWriteDelay: Exclude<WriteHooks['onDelay'], undefined>;
}
