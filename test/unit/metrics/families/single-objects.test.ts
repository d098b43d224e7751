import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { subjectKey } from '../../../../src/inventory/subject-key.ts';
import { singleObjects } from '../../../../src/metrics/families/single-objects.ts';
import { reportKey, type ReportKey } from '../../../../src/reports/naming.ts';
import type { ReportRecord } from '../../../../src/reports/records.ts';
import { known, recordWith } from '../../../support/findings.ts';
import { samplesOf, type Sample } from '../../../support/metrics-text.ts';
import { assertSamples, metricsOf } from '../../../support/metrics.ts';

const WEB = reportKey('shop', 'deployment-web');
const PER_WORKLOAD = 'plimsoll_workload_violations';
const PER_VIOLATION = 'plimsoll_violation_info';

const web = recordWith([
  known('host-network', { id: '1' }),
  known('host-port', { id: '2', container: 'app' }),
  known('host-port', { id: '3', container: 'app' }),
  known('image-tag-mutable', { id: '4', severity: 'Low', container: 'app', isSuppressed: true }),
]);

const about = 'namespace="shop",workload_kind="Deployment",workload="web"';

/** The values of labels as they were before they were escaped. */
const unescaped = (value: string): string =>
  value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));

describe('Metrics of single objects', () => {
  it('do not exist by default', async () => {
    const metrics = metricsOf();
    metrics.onRecordChange(WEB, undefined, web);
    assert.doesNotMatch(await metrics.render(), /plimsoll_workload_violations|plimsoll_violation_info/);
  });

  it('count what is open on each subject, at the level of workloads', async () => {
    const metrics = metricsOf({}, { level: 'workload' });
    metrics.onRecordChange(WEB, undefined, web);
    await assertSamples(metrics, [PER_WORKLOAD], [`${PER_WORKLOAD}{${about},severity="high"} 3`]);
    assert.doesNotMatch(await metrics.render(), /plimsoll_violation_info/);
  });

  it('name each open violation once, at the level of violations', async () => {
    const metrics = metricsOf({}, { level: 'violation' });
    metrics.onRecordChange(WEB, undefined, web);
    await assertSamples(
      metrics,
      [PER_WORKLOAD, PER_VIOLATION],
      [
        `${PER_WORKLOAD}{${about},severity="high"} 3`,
        `${PER_VIOLATION}{${about},check="host-network",container="",severity="high"} 1`,
        `${PER_VIOLATION}{${about},check="host-port",container="app",severity="high"} 1`,
      ],
    );
  });

  it('follow a report, and vanish with it', async () => {
    const metrics = metricsOf({}, { level: 'workload' });
    metrics.onRecordChange(WEB, undefined, web);
    const worse = recordWith([known('rbac', { severity: 'Critical' })]);
    metrics.onRecordChange(WEB, web, worse);
    await assertSamples(metrics, [PER_WORKLOAD], [`${PER_WORKLOAD}{${about},severity="critical"} 1`]);
    metrics.onRecordChange(WEB, worse, undefined);
    await assertSamples(metrics, [PER_WORKLOAD], []);
  });

  it('tell subjects of one name and kind apart by the group, where it is not one that everybody knows', async () => {
    const metrics = metricsOf({}, { level: 'workload' });
    const finding = [known('host-network')];
    const job = (group: string): ReportRecord =>
      recordWith(finding, { subject: subjectKey(group, 'Job', 'ml', 'train') });
    metrics.onRecordChange(reportKey('ml', 'job-train'), undefined, job('batch'));
    metrics.onRecordChange(reportKey('ml', 'job-train-1'), undefined, job('batch.volcano.sh'));
    await assertSamples(
      metrics,
      [PER_WORKLOAD],
      ['Job', 'Job.batch.volcano.sh'].map(
        (kind) => `${PER_WORKLOAD}{namespace="ml",workload_kind="${kind}",workload="train",severity="high"} 1`,
      ),
    );
  });

  it('drop whole reports over the cap, say how many series that are, and bring them back when there is room', async () => {
    const metrics = metricsOf({}, { level: 'violation', maxSeries: 4 });
    const other = (name: string): ReportRecord =>
      recordWith([known('host-network')], { subject: subjectKey('apps', 'Deployment', 'shop', name) });
    metrics.onRecordChange(WEB, undefined, web); // 3 series
    metrics.onRecordChange(reportKey('shop', 'deployment-api'), undefined, other('api')); // 2
    await assertSamples(metrics, ['plimsoll_metrics_dropped_series'], ['plimsoll_metrics_dropped_series 2']);
    assert.doesNotMatch(await metrics.render(), /workload="api"/);
    metrics.onRecordChange(WEB, web, undefined);
    await assertSamples(metrics, ['plimsoll_metrics_dropped_series'], ['plimsoll_metrics_dropped_series 0']);
    assert.match(await metrics.render(), /workload="api"/);
  });

  const character = fc.oneof(
    fc.constantFrom('\\', '"', '\n', '\r', '{', '}', ',', '=', ' '),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  );
  const names = fc.string({ unit: character, minLength: 1, maxLength: 6 });
  it('print any name so that it is read back as it was', () => {
    fc.assert(
      fc.property(names, names, names, (namespace, name, container) => {
        const objects = singleObjects({ level: 'violation', maxSeries: 10 });
        const subject = subjectKey('apps', 'Deployment', '', name.replaceAll('|', ''));
        const key = reportKey(namespace.replaceAll('/', ''), 'x');
        objects.onRecordChange(key, undefined, recordWith([known('host-port', { container })], { subject }));
        const [sample] = samplesOf(objects.text(), PER_VIOLATION);
        assert.deepEqual(
          ['namespace', 'workload', 'container'].map((label) => unescaped(sample?.labels[label] ?? '')),
          [namespace.replaceAll('/', ''), name.replaceAll('|', ''), container],
        );
      }),
    );
  });

  const changes = fc.array(fc.tuple(fc.nat(5), fc.nat(4)), { maxLength: 30 });
  it('show and drop together what the reports say, never more than the cap, and drop nothing that came first and fits', () => {
    fc.assert(
      fc.property(changes, fc.nat(12), (sequence, maxSeries) => {
        const objects = singleObjects({ level: 'violation', maxSeries });
        const now = new Map<ReportKey, ReportRecord>();
        for (const [report, violations] of sequence) {
          const key = reportKey('shop', `deployment-${report}`);
          const checks = Array.from({ length: violations }, (_, index) => known(`check-${index}`));
          const after = recordWith(checks, { subject: subjectKey('apps', 'Deployment', 'shop', String(report)) });
          objects.onRecordChange(key, now.get(key), after);
          now.set(key, after);
        }
        const sizeOf = ({ findings }: ReportRecord): number => (findings.length === 0 ? 0 : findings.length + 1);
        const text = objects.text();
        const shown: readonly Sample[] = [PER_WORKLOAD, PER_VIOLATION].flatMap((name) => samplesOf(text, name));
        const total = [...now.values()].reduce((sum, each) => sum + sizeOf(each), 0);
        assert.equal(shown.length + objects.dropped(), total);
        assert.ok(shown.length <= maxSeries);
        if (total <= maxSeries) assert.equal(objects.dropped(), 0);
        for (const [key, each] of now) {
          const lines = shown.filter(({ labels }) => key === `shop/deployment-${labels['workload']}`).length;
          assert.ok(lines === 0 || lines === sizeOf(each), 'a report is shown in whole or not at all');
        }
      }),
    );
  });
});
