import type { Registry } from 'prom-client';
import { addCounter, addGauge, counter, gauge, type MetricFamily } from '../rows.ts';

const rows = {
  notifications: counter(
    'plimsoll_notifications_total',
    'Notifications to a target by result: sent, failed (given up), dropped (never tried, as too many waited) or retried (each further try).',
    ['target', 'result'],
  ),
  queueDepth: gauge('plimsoll_notification_queue_depth', 'Notifications that wait to be sent to a target.', ['target']),
};

export const notificationsFamily: MetricFamily = { title: 'Notifications', rows };

const RESULTS = ['sent', 'failed', 'dropped', 'retried'] as const;
export type NotificationResult = (typeof RESULTS)[number];

export interface NotificationSources {
  /** One entry for each target, with how many notifications wait for it. */
  readonly queues: () => Iterable<{ readonly target: string; readonly depth: number }>;
}

export interface NotificationHooks {
  /** There is such a target: its counts begin at zero, so that a first failure is a visible rise. */
  readonly onTarget: (target: string) => void;
  readonly onResult: (target: string, result: NotificationResult) => void;
}

/** Registers what becomes of notifications. Targets are named as they are configured, never by their address. */
export function addNotifications(registry: Registry, { queues }: NotificationSources): NotificationHooks {
  const notifications = addCounter(registry, rows.notifications);
  addGauge(registry, rows.queueDepth, () => Array.from(queues(), ({ target, depth }) => [{ target }, depth]));
  return {
    onTarget: (target) => {
      for (const result of RESULTS) notifications.inc({ target, result }, 0);
    },
    onResult: (target, result) => notifications.inc({ target, result }),
  };
}
