import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../../src/checks/catalogue.ts';
import { frameworksAt } from '../../../../src/checks/frameworks/index.ts';
import { selectChecks } from '../../../../src/checks/selection.ts';
import { COMPLIANCE_LIMITS, type ComplianceReport } from '../../../../src/crds/index.ts';
import { complianceHash, complianceReport } from '../../../../src/reports/compliance/report.ts';
import { reportedFramework } from '../../../../src/reports/compliance/scope.ts';
import { ALL } from '../../../support/all-checks.ts';
import { evidence } from '../../../support/compliance.ts';

const FRAMEWORKS = frameworksAt(37);
const [baseline] = FRAMEWORKS;
assert.ok(baseline !== undefined);

const reportOn = (selection = ALL, known = evidence()): ComplianceReport =>
  complianceReport(reportedFramework(baseline, selection), known);

describe('A compliance report', () => {
  it('is named like its framework, lists its controls in order, and counts them by state', () => {
    const report = reportOn();
    assert.equal(report.metadata.name, 'pod-security-baseline');
    assert.deepEqual(report.framework, {
      name: 'pod-security-baseline',
      title: 'Pod Security Standards, baseline',
      version: 'v1.37',
    });
    assert.deepEqual(
      report.controls.map(({ id, state }) => [id, state]),
      baseline.controls.map(({ id }) => [id, 'Pass']),
    );
    assert.deepEqual(report.summary, { pass: 12, fail: 0, notEvaluated: 0, manual: 0, exempt: 0 });
  });

  it('names the checks that run for each control', () => {
    const control = reportOn().controls.find(({ id }) => id === 'hostNamespaces');
    assert.deepEqual(control?.checks, ['host-network', 'host-pid', 'host-ipc']);
  });

  it('does not pass a control of which a check was switched off', () => {
    const { controls, summary } = reportOn(selectChecks({ include: ['all'], exclude: ['host-pid', 'host-port'] }));
    const told = controls.filter(({ state }) => state === 'NotEvaluated').map(({ id, message }) => [id, message]);
    assert.deepEqual(told, [
      ['hostNamespaces', 'only in part, as there is switched off: host-pid'],
      ['hostPorts', 'switched off: host-port'],
    ]);
    assert.equal(summary.pass, 10);
  });

  it('has another catalogue version when a check of the framework is added or removed, and only then', () => {
    const version = (exclude: readonly string[]): string =>
      reportOn(selectChecks({ include: ['all'], exclude })).basis.catalogueVersion;
    assert.notEqual(version(['host-pid']), version([]));
    assert.equal(version(['secret-env-reference']), version([]));
  });

  it('is within the bounds of its schema for every framework', () => {
    const { maxItems, maxLength } = COMPLIANCE_LIMITS;
    for (const framework of FRAMEWORKS) {
      for (const known of [evidence(), evidence({ isUndecided: () => true })]) {
        const report = complianceReport(reportedFramework(framework, ALL), known);
        assert.ok(report.framework.name.length <= maxLength['framework.name']);
        assert.ok(report.framework.title.length <= maxLength['framework.title']);
        assert.ok(report.controls.length <= maxItems.controls);
        for (const { id, title, message = '' } of report.controls) {
          assert.ok(id.length <= maxLength['controls.id'], id);
          assert.ok(title.length <= maxLength['controls.title'], title);
          assert.ok(message.length <= maxLength['controls.message'], message);
        }
        for (const control of framework.controls) {
          const checks = CATALOGUE.filter(({ references }) => framework.idsIn(references).includes(control.id));
          assert.ok(checks.length <= maxItems['controls.checks'], control.id);
        }
      }
    }
  });

  it('has a hash that what others add does not change, and everything else does', () => {
    const report = reportOn();
    const { metadata } = report;
    const foreign = { ...metadata, uid: 'x', resourceVersion: '7', labels: { ...metadata.labels, team: 'audit' } };
    assert.equal(complianceHash({ ...report, metadata: foreign }), complianceHash(report));
    const changes: readonly Partial<ComplianceReport>[] = [
      { controls: report.controls.slice(1) },
      { summary: { ...report.summary, fail: 1 } },
      { framework: { ...report.framework, version: 'v1.36' } },
      { basis: { catalogueVersion: 'x' } },
      { metadata: { ...metadata, labels: {} } },
    ];
    for (const change of changes) assert.notEqual(complianceHash({ ...report, ...change }), complianceHash(report));
  });
});
