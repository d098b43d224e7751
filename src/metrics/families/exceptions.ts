import type { Registry } from 'prom-client';
import { addGauge, gauge, type MetricFamily, type Sample } from '../rows.ts';

const rows = {
  exceptions: gauge(
    'plimsoll_exceptions',
    'Exceptions by state: active, expiring (active, but not for long any more), expired, unmatched (nothing is found that they except) or denied.',
    ['state'],
  ),
  expiration: gauge(
    'plimsoll_exception_expiration_timestamp_seconds',
    'Unix time at which an exception expires; those of the whole cluster have an empty namespace. Of very many only those that expire first.',
    ['namespace', 'exception'],
  ),
};

export const exceptionsFamily: MetricFamily = { title: 'Exceptions', rows };

const STATES = ['active', 'expiring', 'expired', 'unmatched', 'denied'] as const;
export type ExceptionState = (typeof STATES)[number];

/** What is known of exceptions, kept up to date by who reads them. */
export interface ExceptionCounts {
  /** States that are left out count as zero. */
  readonly states: () => Iterable<{ readonly state: ExceptionState; readonly count: number }>;
  /** One entry for each exception that expires; the namespace is empty for one of the whole cluster. */
  readonly expirations: () => Iterable<Expiration>;
}

interface Expiration {
  readonly namespace: string;
  readonly name: string;
  /** Unix time. */
  readonly timeSeconds: number;
}

/** Of so many exceptions at most it is told when each expires: a human reads them, and there may be a mistake in a template. */
const MAX_EXPIRATIONS = 1000;

/** Registers the exceptions. The function answers how many series were left out as there were too many. */
export function addExceptions(registry: Registry, source: ExceptionCounts): { readonly dropped: () => number } {
  addGauge(registry, rows.exceptions, () => states(source));
  addGauge(registry, rows.expiration, () =>
    firstOf(source).map(({ namespace, name, timeSeconds }) => [{ namespace, exception: name }, timeSeconds]),
  );
  return { dropped: () => Math.max(0, Array.from(source.expirations()).length - MAX_EXPIRATIONS) };
}

function* states(source: ExceptionCounts): Generator<Sample<'state'>> {
  for (const state of STATES) yield [{ state }, 0];
  for (const { state, count } of source.states()) yield [{ state }, count];
}

function firstOf(source: ExceptionCounts): readonly Expiration[] {
  const all = Array.from(source.expirations());
  if (all.length <= MAX_EXPIRATIONS) return all;
  return all.toSorted((a, b) => a.timeSeconds - b.timeSeconds).slice(0, MAX_EXPIRATIONS);
}
