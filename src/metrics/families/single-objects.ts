import type { Registry } from 'prom-client';
import { SEVERITIES } from '../../crds/index.ts';
import { parseSubjectKey } from '../../inventory/subject-key.ts';
import { kindName, type ReportKey } from '../../reports/naming.ts';
import type { OnRecordChange, ReportRecord } from '../../reports/records.ts';
import type { MetricsLevel } from '../levels.ts';
import { addGauge, gauge, type MetricFamily } from '../rows.ts';
import { severityLabel } from '../severity-label.ts';
import { familyText, sampleLine } from '../text.ts';

const rows = {
  workloads: gauge(
    'plimsoll_workload_violations',
    'With --metrics-level workload or violation: open violations of one subject, workload or not, by severity; only where there are any.',
    ['namespace', 'workload_kind', 'workload', 'severity'],
  ),
  violations: gauge(
    'plimsoll_violation_info',
    'With --metrics-level violation: always 1, for each open violation; the labels say what is violated, and by what.',
    ['namespace', 'workload_kind', 'workload', 'check', 'container', 'severity'],
  ),
  dropped: gauge(
    'plimsoll_metrics_dropped_series',
    'Series that are not shown because there would be too many: see --metrics-max-series.',
    [],
  ),
};

export const singleObjectsFamily: MetricFamily = { title: 'Single objects', rows };

export interface SingleObjectsOptions {
  readonly level: MetricsLevel;
  /** Of single objects at most so many are shown. */
  readonly maxSeries: number;
}

export interface SingleObjects {
  readonly onRecordChange: OnRecordChange;
  readonly text: () => string;
  /** How many series do not fit. */
  readonly dropped: () => number;
}

/** What is shown of one report, printed once when it changes: a scrape only strings such texts together. */
interface Shown {
  readonly workload: string;
  readonly violations: string;
  readonly series: number;
}

const NOTHING: SingleObjects = { onRecordChange: () => undefined, text: () => '', dropped: () => 0 };

export function singleObjects({ level, maxSeries }: SingleObjectsOptions): SingleObjects {
  if (level === 'aggregate') return NOTHING;
  const shown = new Map<ReportKey, Shown>();
  /** Reports that did not fit any more, in the order in which they came. */
  const dropped = new Map<ReportKey, { readonly record: ReportRecord; readonly series: number }>();
  let shownSeries = 0;
  let droppedSeries = 0;

  function forget(key: ReportKey): void {
    shownSeries -= shown.get(key)?.series ?? 0;
    shown.delete(key);
    droppedSeries -= dropped.get(key)?.series ?? 0;
    dropped.delete(key);
  }

  function take(key: ReportKey, record: ReportRecord): void {
    const made = show(key, record, level);
    if (shownSeries + made.series <= maxSeries) {
      shown.set(key, made);
      shownSeries += made.series;
    } else {
      dropped.set(key, { record, series: made.series });
      droppedSeries += made.series;
    }
  }

  /** Those that were dropped first come back first, as far as there is room. */
  function fillUp(): void {
    for (const [key, { record, series }] of dropped) {
      if (shownSeries + series > maxSeries) break;
      forget(key);
      take(key, record);
    }
  }

  return {
    onRecordChange(key, _, after) {
      forget(key);
      if (after?.isStored === true) take(key, after);
      fillUp();
    },
    text() {
      const workloads = familyText(rows.workloads, textsOf(shown, 'workload'));
      return level === 'workload'
        ? workloads
        : `${workloads}\n${familyText(rows.violations, textsOf(shown, 'violations'))}`;
    },
    dropped: () => droppedSeries,
  };
}

/** Registers how much is left out. */
export function addDropped(registry: Registry, dropped: () => number): void {
  addGauge(registry, rows.dropped, () => [[{}, dropped()]]);
}

function* textsOf(shown: ReadonlyMap<unknown, Shown>, part: 'workload' | 'violations'): Generator<string> {
  for (const each of shown.values()) if (each[part] !== '') yield each[part];
}

function show(key: ReportKey, { subject, counts, findings }: ReportRecord, level: MetricsLevel): Shown {
  const { group, kind, name } = parseSubjectKey(subject);
  const namespace = key.slice(0, key.indexOf('/'));
  const about = { namespace, workload_kind: kindName({ group, kind }), workload: name };
  const workload = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) =>
    sampleLine(rows.workloads, [{ ...about, severity: severityLabel(severity) }, counts[severity]]),
  );
  const open = level === 'violation' ? findings.filter(({ isSuppressed }) => isSuppressed !== true) : [];
  const lines = open.map(({ check, severity, container = '' }) =>
    sampleLine(rows.violations, [{ ...about, check, container, severity: severityLabel(severity) }, 1]),
  );
  // A container may violate a check more than once, by two of its ports or volumes.
  const violations = [...new Set(lines)];
  return {
    workload: workload.join('\n'),
    violations: violations.join('\n'),
    series: workload.length + violations.length,
  };
}
