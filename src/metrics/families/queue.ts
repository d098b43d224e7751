import type { Registry } from 'prom-client';
import type { QueueHooks } from '../../controllers/queue.ts';
import { TransportError } from '../../kube/api-error.ts';
import {
  addCounter,
  addGauge,
  addHistogram,
  counter,
  gauge,
  histogram,
  type MetricFamily,
  type Sample,
} from '../rows.ts';

/** 10 ns to 1,000 s, a power of ten apart, as in client-go's work queue. */
const QUEUE_SECONDS = [1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000];

const RECONCILE_SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2,
  2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60,
];

/** Names, labels and buckets are those of controller-runtime, so that dashboards made for it work unchanged. */
const rows = {
  depth: gauge('workqueue_depth', 'Current depth of workqueue by workqueue and priority', [
    'name',
    'controller',
    'priority',
  ]),
  adds: counter('workqueue_adds_total', 'Total number of adds handled by workqueue', ['name', 'controller']),
  queueDuration: histogram(
    'workqueue_queue_duration_seconds',
    'How long in seconds an item stays in workqueue before being requested',
    ['name', 'controller'],
    QUEUE_SECONDS,
  ),
  workDuration: histogram(
    'workqueue_work_duration_seconds',
    'How long in seconds processing an item from workqueue takes.',
    ['name', 'controller'],
    QUEUE_SECONDS,
  ),
  unfinished: gauge(
    'workqueue_unfinished_work_seconds',
    "How many seconds of work has been done that is in progress and hasn't been observed by work_duration.",
    ['name', 'controller'],
  ),
  longestRunning: gauge(
    'workqueue_longest_running_processor_seconds',
    'How many seconds has the longest running processor for workqueue been running.',
    ['name', 'controller'],
  ),
  retries: counter('workqueue_retries_total', 'Total number of retries handled by workqueue', ['name', 'controller']),
  reconciles: counter('controller_runtime_reconcile_total', 'Total number of reconciliations per controller', [
    'controller',
    'result',
  ]),
  reconcileErrors: counter(
    'controller_runtime_reconcile_errors_total',
    'Total number of reconciliation errors per controller',
    ['controller'],
  ),
  reconcilePanics: counter(
    'controller_runtime_reconcile_panics_total',
    'Total number of reconciliation panics per controller',
    ['controller'],
  ),
  reconcileTimeouts: counter(
    'controller_runtime_reconcile_timeouts_total',
    'Total number of reconciliation timeouts per controller',
    ['controller'],
  ),
  reconcileTime: histogram(
    'controller_runtime_reconcile_time_seconds',
    'Length of time per reconciliation per controller',
    ['controller'],
    RECONCILE_SECONDS,
  ),
  maxConcurrent: gauge(
    'controller_runtime_max_concurrent_reconciles',
    'Maximum number of concurrent reconciles per controller',
    ['controller'],
  ),
  activeWorkers: gauge('controller_runtime_active_workers', 'Number of currently used workers per controller', [
    'controller',
  ]),
};

export const queueFamily: MetricFamily = { title: 'Work queues and controllers', rows };

const RECONCILE_RESULTS = ['success', 'error'];

/** What the language throws at a mistake in the program: what a panic is in Go. */
const isPanic = (failure: unknown): boolean =>
  [TypeError, RangeError, ReferenceError].some((mistake) => failure instanceof mistake);

const isTimeout = (failure: unknown): boolean => failure instanceof TransportError && failure.code === 'Timeout';

export interface QueueSource {
  /** Keys that wait for a worker. */
  readonly depth: () => number;
  /** The bound on workers. */
  readonly workers: number;
}

interface Queue extends QueueSource {
  readonly name: string;
  /** When each running worker started, in seconds of the monotonic clock. */
  readonly startedAt: number[];
}

/**
 * Registers work queues and their controllers; the function it returns adds one under its name.
 * `monotonicSeconds` never runs backwards; where it begins does not matter.
 */
export function addQueues(
  registry: Registry,
  monotonicSeconds: () => number,
): (name: string, source: QueueSource) => Required<QueueHooks> {
  const queues: Queue[] = [];
  addGauges(registry, queues, monotonicSeconds);
  const adds = addCounter(registry, rows.adds);
  const queueDuration = addHistogram(registry, rows.queueDuration);
  const workDuration = addHistogram(registry, rows.workDuration);
  const retries = addCounter(registry, rows.retries);
  const reconciles = addCounter(registry, rows.reconciles);
  const reconcileErrors = addCounter(registry, rows.reconcileErrors);
  const panics = addCounter(registry, rows.reconcilePanics);
  const timeouts = addCounter(registry, rows.reconcileTimeouts);
  const reconcileTime = addHistogram(registry, rows.reconcileTime);
  return (name, { depth, workers }) => {
    const queue: Queue = { name, depth, workers, startedAt: [] };
    queues.push(queue);
    const controller = { controller: name };
    const labels = { name, controller: name };
    for (const zero of [adds, retries]) zero.inc(labels, 0);
    for (const result of RECONCILE_RESULTS) reconciles.inc({ controller: name, result }, 0);
    for (const zero of [reconcileErrors, panics, timeouts]) zero.inc(controller, 0);
    return {
      onAdd: () => adds.inc(labels),
      onStart: (waitedSeconds) => {
        queueDuration.observe(labels, waitedSeconds);
        queue.startedAt.push(monotonicSeconds());
      },
      onFinish: (result, seconds, failure) => {
        removeNearest(queue.startedAt, monotonicSeconds() - seconds);
        workDuration.observe(labels, seconds);
        reconcileTime.observe(controller, seconds);
        reconciles.inc({ controller: name, result });
        if (result === 'error') reconcileErrors.inc(controller);
        if (isPanic(failure)) panics.inc(controller);
        if (isTimeout(failure)) timeouts.inc(controller);
      },
      onRetry: () => retries.inc(labels),
    };
  };
}

function addGauges(registry: Registry, queues: readonly Queue[], now: () => number): void {
  const perQueue = (value: (queue: Queue) => number) => (): Iterable<Sample<'name' | 'controller'>> =>
    queues.map((queue) => [{ name: queue.name, controller: queue.name }, value(queue)]);
  const perController = (value: (queue: Queue) => number) => (): Iterable<Sample<'controller'>> =>
    queues.map((queue) => [{ controller: queue.name }, value(queue)]);
  const running = (queue: Queue): readonly number[] => queue.startedAt.map((start) => now() - start);

  addGauge(registry, rows.depth, () =>
    queues.map((queue) => [{ name: queue.name, controller: queue.name, priority: '' }, queue.depth()]),
  );
  addGauge(
    registry,
    rows.unfinished,
    perQueue((queue) => running(queue).reduce((sum, seconds) => sum + seconds, 0)),
  );
  addGauge(
    registry,
    rows.longestRunning,
    perQueue((queue) => Math.max(0, ...running(queue))),
  );
  addGauge(
    registry,
    rows.maxConcurrent,
    perController(({ workers }) => workers),
  );
  addGauge(
    registry,
    rows.activeWorkers,
    perController(({ startedAt }) => startedAt.length),
  );
}

/** Which of two workers that started within a clock tick has ended makes no difference to what is shown. */
function removeNearest(starts: number[], start: number): void {
  const distances = starts.map((each) => Math.abs(each - start));
  const nearest = distances.indexOf(Math.min(...distances));
  if (nearest >= 0) starts.splice(nearest, 1);
}
