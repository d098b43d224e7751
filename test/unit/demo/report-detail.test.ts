import assert from 'node:assert/strict';
import type { Finding, SecurityReport } from '../../../src/crds/index.ts';
import { reportDetail } from '../../../tools/demo/report-detail.ts';

const SEEN = '2026-11-24T02:55:23Z';

const finding = (more: Partial<Finding>): Finding => ({
  id: '0123456789abcdef',
  check: 'host-network',
  severity: 'High',
  message: 'hostNetwork is true',
  origin: 'Baseline',
  firstSeenTime: SEEN,
  ...more,
});

const report = (more: Partial<SecurityReport> = {}): SecurityReport => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'SecurityReport',
  metadata: { name: 'deployment-runner', namespace: 'ci' },
  subject: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'runner', uid: 'uid-runner' },
  summary: { critical: 1, high: 2, medium: 0, low: 0, info: 0, passed: 19, suppressed: 1, unknown: 1 },
  findings: [],
  unknown: [],
  basis: { catalogueVersion: '73ede8894dc4' },
  ...more,
});

describe('the report in detail', () => {
  it('tells subject, numbers and findings, the worst first, with everything that is known of them', () => {
    const detail = reportDetail(
      report({
        findings: [
          finding({
            check: 'privileged-container',
            severity: 'Critical',
            container: 'runner',
            path: 'spec.template.spec.containers[runner].securityContext.privileged',
            message: 'privileged is true',
            seenIn: 'Template',
          }),
          finding({ origin: 'Observed', seenIn: 'Pod' }),
          finding({
            check: 'host-pid',
            message: 'hostPID is true',
            suppressedBy: { kind: 'SecurityException', name: 'exporter', reason: 'it measures the node' },
          }),
        ],
        unknown: [{ check: 'run-as-root-allowed', reason: 'Malformed', message: 'runAsUser is no number' }],
        truncated: { findings: 7 },
      }),
    );
    assert.equal(
      detail,
      `Name:       deployment-runner
Namespace:  ci
Subject:    Deployment runner (apps/v1)
Summary:    1 critical, 2 high, 0 medium, 0 low, 0 info; 19 passed, 1 suppressed, 1 unknown
Findings:
  Critical
    privileged-container (container runner): privileged is true
      at spec.template.spec.containers[runner].securityContext.privileged
      first seen 2026-11-24T02:55:23Z (Baseline)
  High
    host-network: hostNetwork is true
      first seen 2026-11-24T02:55:23Z (Observed, on pods only)
    host-pid: hostPID is true
      first seen 2026-11-24T02:55:23Z (Baseline)
      suppressed by SecurityException exporter: it measures the node
  and 7 more, which are not listed
Unknown:
  run-as-root-allowed: runAsUser is no number (Malformed)`,
    );
  });

  it('is short for a clean subject, and has no namespace where there is none', () => {
    const clean = report({
      metadata: { name: 'cluster' },
      subject: { apiVersion: 'plimsoll.dev/v1alpha1', kind: 'Cluster', name: 'cluster', uid: 'uid-cluster' },
      summary: { critical: 0, high: 0, medium: 0, low: 0, info: 0, passed: 1, suppressed: 0, unknown: 0 },
    });
    assert.equal(
      reportDetail(clean),
      `Name:       cluster
Subject:    Cluster cluster (plimsoll.dev/v1alpha1)
Summary:    0 critical, 0 high, 0 medium, 0 low, 0 info; 1 passed, 0 suppressed, 0 unknown
Findings:   none`,
    );
  });
});
