import assert from 'node:assert/strict';
import type { SecurityReport } from '../../../src/crds/index.ts';
import { assemble } from '../../../src/reports/assemble.ts';
import { contentHash } from '../../../src/reports/content.ts';
import { createReportCounts } from '../../../src/reports/counts/report-counts.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { createReportRecords, remember, type ReportRecords } from '../../../src/reports/records.ts';
import { raw, type Json } from '../../support/objects.ts';
import { assessment, stored, WEB } from '../../support/reports.ts';

const KEY = reportKey('shop', 'deployment-web');

function report(message = 'hostNetwork is true'): SecurityReport {
  const made = assemble(assessment({ findings: [{ check: 'host-network', severity: 'High', message }] }), undefined, {
    memory: { hasBaseline: true, knownChecks: new Set(['host-network']), watchedUntilSeconds: undefined },
    now: new Date('2026-05-01'),
    retained: [],
  });
  assert.ok(made !== undefined);
  return made;
}

const asRaw = (of: SecurityReport): ReturnType<typeof raw> => raw(of as unknown as Json);

interface Observed {
  readonly records: ReportRecords;
  readonly counts: ReturnType<typeof createReportCounts>;
  /** Subjects of reports that others changed. */
  readonly foreign: string[];
  write(of: SecurityReport, resourceVersion: string): void;
}

function observed(isAuthor = true): Observed {
  const foreign: string[] = [];
  const counts = createReportCounts();
  const records = createReportRecords({
    onForeignChange: (subject) => foreign.push(subject),
    onDeleted: (subject) => foreign.push(subject),
    onChange: counts.change,
    isAuthor: () => isAuthor,
  });
  return {
    records,
    counts,
    foreign,
    write(of, resourceVersion) {
      const subject = 'apps|Deployment|shop|web' as Parameters<ReportRecords['written']>[1]['subject'];
      records.written(KEY, {
        uid: 'uid-report',
        resourceVersion,
        contentHash: contentHash(of),
        subject,
        ...remember(of),
        isStored: true,
      });
    },
  };
}

describe('the records of stored reports', () => {
  it('take the echo of our own write for no news, whether it comes before or after the answer', () => {
    const after = observed();
    after.write(report(), '7');
    after.records.sink('Namespaced').upsert(asRaw(stored(report())));
    assert.deepEqual(after.foreign, []);
    const before = observed();
    before.records.expect(KEY, contentHash(report()));
    before.records.sink('Namespaced').upsert(asRaw(stored(report())));
    before.write(report(), '7');
    assert.deepEqual(before.foreign, []);
  });

  it('are not set back by late news of an earlier version', () => {
    const { records, foreign, write } = observed();
    write(report('newer'), '10');
    records.sink('Namespaced').upsert(asRaw(stored(report('older'), { resourceVersion: '9' })));
    assert.equal(records.get(KEY)?.contentHash, contentHash(report('newer')));
    assert.deepEqual(foreign, []);
  });

  it('notice an edit', () => {
    const { records, foreign, write } = observed();
    write(report(), '7');
    records.sink('Namespaced').upsert(asRaw(stored(report('nothing to see here'), { resourceVersion: '8' })));
    assert.deepEqual(foreign, ['apps|Deployment|shop|web']);
  });

  it('remember their own dates over an edit, and a standby takes over what the leader wrote', () => {
    const edited: SecurityReport = { ...report(), findings: [] };
    for (const [isAuthor, remembered] of [
      [true, 1],
      [false, 0],
    ] as const) {
      const { records, write } = observed(isAuthor);
      write(report(), '7');
      records.sink('Namespaced').upsert(asRaw(stored(edited, { resourceVersion: '8' })));
      assert.equal(records.get(KEY)?.findings.length, remembered);
    }
  });

  it('do not mind what others add in labels, annotations and owners', () => {
    const { records, foreign, write } = observed();
    write(report(), '7');
    const of = report();
    const metadata = {
      ...of.metadata,
      resourceVersion: '8',
      labels: { ...of.metadata.labels, team: 'shop' },
      annotations: { 'example.com/note': 'seen' },
      ownerReferences: [
        ...(of.metadata.ownerReferences ?? []),
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'other' },
      ],
    };
    records.sink('Namespaced').upsert(asRaw({ ...of, metadata }));
    assert.deepEqual(foreign, []);
  });

  it('remember what is unknown, what follows from a finding, what is under an exception, and that a report was cut', () => {
    const { records } = observed();
    const [finding] = report().findings;
    assert.ok(finding !== undefined);
    const of: SecurityReport = {
      ...report(),
      findings: [
        { ...finding, implies: ['host-port'] },
        { ...finding, id: '0'.repeat(16), suppressedBy: { kind: 'Exception', name: 'x', reason: 'it is so' } },
      ],
      unknown: [{ check: 'host-pid', reason: 'Malformed', message: 'hostPID is a text' }],
      truncated: { findings: 3 },
    };
    records.sink('Namespaced').upsert(asRaw(stored(of)));
    const known = records.get(KEY);
    assert.deepEqual(known?.unknown, ['host-pid']);
    assert.equal(known.isCut, true);
    assert.deepEqual(
      known.findings.map(({ implies, isSuppressed }) => [implies, isSuppressed]),
      [
        [['host-port'], undefined],
        [undefined, true],
      ],
    );
  });

  it('remember the findings of a report that was deleted, so that it comes back with its dates', () => {
    const { records, foreign, counts, write } = observed();
    write(report(), '7');
    records.sink('Namespaced').remove(asRaw(stored(report())));
    assert.deepEqual(foreign, ['apps|Deployment|shop|web']);
    assert.equal(records.get(KEY)?.isStored, false);
    assert.equal(records.get(KEY)?.findings.length, 1);
    assert.deepEqual([...counts.namespaces()], []);
  });

  it('take a deletion that we are about for ours, and no later one', () => {
    const { records, foreign, counts, write } = observed();
    write(report(), '7');
    records.expectGone(KEY);
    records.sink('Namespaced').remove(asRaw(stored(report())));
    assert.deepEqual(foreign, []);
    assert.deepEqual([...counts.namespaces()], []);
    records.forget(KEY);
    write(report(), '9');
    records.sink('Namespaced').remove(asRaw(stored(report())));
    assert.deepEqual(foreign, ['apps|Deployment|shop|web']);
  });

  it('do not take the deletion of an earlier report for that of its successor', () => {
    const { records, foreign, write } = observed();
    write(report(), '7');
    records.sink('Namespaced').remove(asRaw(stored(report(), { uid: 'earlier' })));
    assert.equal(records.get(KEY)?.isStored, true);
    assert.deepEqual(foreign, []);
  });

  it('notice at a relist what was deleted while the watch was away', () => {
    const { records, foreign } = observed();
    const sink = records.sink('Namespaced');
    sink.startReplace();
    sink.upsert(asRaw(stored(report())));
    sink.endReplace();
    foreign.length = 0;
    sink.startReplace();
    sink.endReplace();
    assert.equal(records.get(KEY)?.isStored, false);
    assert.deepEqual(foreign, ['apps|Deployment|shop|web']);
  });

  it('do not miss at a relist what was written while it ran, nor reports of the other scope', () => {
    const { records, foreign, write } = observed();
    records.sink('Namespaced').startReplace();
    write(report(), '7');
    records.sink('Namespaced').endReplace();
    records.sink('Cluster').startReplace();
    records.sink('Cluster').endReplace();
    assert.equal(records.get(KEY)?.isStored, true);
    assert.deepEqual(foreign, []);
  });

  it('know whom a report in a namespace is about', () => {
    const { records } = observed();
    const namespace = assemble(
      assessment({ subject: { ...WEB, apiVersion: 'v1', kind: 'Namespace', name: 'shop' } }),
      undefined,
      {
        memory: { hasBaseline: true, knownChecks: new Set(), watchedUntilSeconds: undefined },
        now: new Date(),
        retained: [],
      },
    );
    assert.ok(namespace !== undefined);
    records.sink('Namespaced').upsert(asRaw(stored(namespace)));
    assert.deepEqual(
      [...records.entries()].map(([, { subject }]) => subject),
      ['|Namespace||shop'],
    );
  });
});

describe('the counts of what reports say', () => {
  it('follow each change and leave nothing behind', () => {
    const { records, counts, write } = observed();
    write(report(), '7');
    assert.deepEqual(
      [...counts.namespaces()].map(({ namespace, open }) => ({ namespace, open })),
      [{ namespace: 'shop', open: { Critical: 0, High: 1, Medium: 0, Low: 0, Info: 0 } }],
    );
    assert.deepEqual([...counts.checks()], [{ check: 'host-network', severity: 'High', count: 1 }]);
    write(report('another message'), '8');
    assert.deepEqual(
      [...counts.checks()].map(({ count }) => count),
      [1],
    );
    records.forget(KEY);
    assert.deepEqual([...counts.namespaces()], []);
    assert.deepEqual(
      [...counts.checks()].map(({ count }) => count),
      [0],
    );
    assert.deepEqual(
      [...counts.reports()].map(({ count }) => count),
      [0, 0],
    );
  });
});
