import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import {
  API_VERSION,
  COMPLIANCE_REPORTS,
  type ComplianceControl,
  type ComplianceReport,
  type ComplianceState,
} from '../../crds/index.ts';
import { OUR_LABELS, ours } from '../content.ts';
import type { ReportedFramework } from './scope.ts';
import { complianceControl, type ComplianceEvidence } from './state.ts';

function summarize(controls: readonly ComplianceControl[]): ComplianceReport['summary'] {
  const count = (state: ComplianceState): number => controls.filter((control) => control.state === state).length;
  return {
    pass: count('Pass'),
    fail: count('Fail'),
    notEvaluated: count('NotEvaluated'),
    manual: count('Manual'),
    exempt: count('Exempt'),
  };
}

/** The report on a framework. Pure: the same evidence gives the same bytes. */
export function complianceReport(
  { framework: { name, title, version }, controls, catalogueVersion }: ReportedFramework,
  evidence: ComplianceEvidence,
): ComplianceReport {
  const told = controls.map((control) => complianceControl(control, evidence));
  return {
    apiVersion: API_VERSION,
    kind: COMPLIANCE_REPORTS.kind,
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'plimsoll' } },
    framework: { name, title, version },
    summary: summarize(told),
    controls: told,
    basis: { catalogueVersion },
  };
}

/** A hash over all of a compliance report that we are the author of. */
export function complianceHash({ metadata, framework, summary, controls, basis }: ComplianceReport): string {
  const labels = ours(metadata.labels, OUR_LABELS);
  return hash('sha256', canonicalize({ labels, framework, summary, controls, basis }) ?? '', 'base64');
}
