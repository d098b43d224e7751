import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SeenFinding } from '../../../src/checks/union.ts';
import { SEVERITIES } from '../../../src/crds/index.ts';
import { assemble, type AssembleContext } from '../../../src/reports/assemble.ts';
import { contentHash } from '../../../src/reports/content.ts';
import { assessment, record } from '../../support/reports.ts';

const context: AssembleContext = {
  memory: { hasBaseline: true, knownChecks: new Set(['host-network', 'host-port']), watchedUntilSeconds: undefined },
  now: new Date('2026-05-01T12:00:00Z'),
  retained: [],
};

const hostNetwork: SeenFinding = {
  check: 'host-network',
  severity: 'High',
  path: 'spec.template.spec.hostNetwork',
  message: 'hostNetwork is true',
  seenIn: 'Template',
};

describe('assembling a report', () => {
  it('writes down the subject, the counts, the findings and what they rest on', () => {
    const report = assemble(assessment({ findings: [hostNetwork], podSecurityVersion: 'v1.37' }), undefined, context);
    assert.deepEqual(report, {
      apiVersion: 'plimsoll.dev/v1alpha1',
      kind: 'SecurityReport',
      metadata: {
        name: 'deployment-web',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/managed-by': 'plimsoll',
          'plimsoll.dev/subject-kind': 'Deployment',
          'plimsoll.dev/subject-name': 'web',
        },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'web',
            uid: 'uid-web',
            controller: false,
            blockOwnerDeletion: false,
          },
        ],
      },
      subject: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'uid-web' },
      summary: {
        critical: 0,
        high: 1,
        medium: 0,
        low: 0,
        info: 0,
        suppressed: 0,
        unknown: 0,
        passed: 3,
        newestFirstSeenTime: '2026-05-01T12:00:00Z',
      },
      findings: [
        {
          id: '07fe9d94329a92ed',
          check: 'host-network',
          severity: 'High',
          path: 'spec.template.spec.hostNetwork',
          message: 'hostNetwork is true',
          seenIn: 'Template',
          firstSeenTime: '2026-05-01T12:00:00Z',
          origin: 'Observed',
        },
      ],
      unknown: [],
      basis: { catalogueVersion: 'abc', podSecurityVersion: 'v1.37' },
    });
  });

  it('keeps a clean workload on record, and nothing of another subject that is clean', () => {
    assert.notEqual(assemble(assessment(), undefined, context), undefined);
    assert.equal(assemble(assessment({ alwaysReported: false }), undefined, context), undefined);
  });

  it('keeps a report alive for what could not be decided', () => {
    const undecided = [{ check: 'host-port', reason: 'Error', message: 'why' } as const];
    const report = assemble(assessment({ alwaysReported: false, undecided }), undefined, context);
    assert.deepEqual(report?.unknown, undecided);
    assert.equal(report?.summary.unknown, 1);
  });

  it('counts only what was observed as newest', () => {
    const early = { ...context, memory: { ...context.memory, hasBaseline: false } };
    const report = assemble(assessment({ findings: [hostNetwork] }), undefined, early);
    assert.equal(report?.summary.newestFirstSeenTime, undefined);
    assert.equal(report?.findings[0]?.origin, 'Baseline');
  });

  it('retains earlier findings of checks that cannot decide any more', () => {
    const first = assemble(assessment({ findings: [hostNetwork] }), undefined, context);
    assert.ok(first !== undefined);
    const later = assemble(assessment(), record(), {
      ...context,
      now: new Date('2027-01-01'),
      retained: first.findings,
    });
    assert.deepEqual(later?.findings, first.findings);
  });

  it('cuts a message that no API server would take', () => {
    const report = assemble(
      assessment({ findings: [{ ...hostNetwork, message: '😀'.repeat(2000) }] }),
      undefined,
      context,
    );
    assert.equal([...(report?.findings[0]?.message ?? '')].length, 1024);
  });

  const finding: fc.Arbitrary<SeenFinding> = fc.record(
    {
      check: fc.constantFrom('host-network', 'host-port', 'privileged-container'),
      severity: fc.constantFrom(...SEVERITIES),
      message: fc.string({ minLength: 1 }),
      container: fc.constantFrom('app', 'sidecar'),
      key: fc.constantFrom('a', 'b', 'c'),
    },
    { requiredKeys: ['check', 'severity', 'message'] },
  );

  it('gives equal bytes whatever the order in which things were found', () => {
    const distinct = fc.uniqueArray(finding, {
      selector: ({ check, container, key }) => `${check}/${container}/${key}`,
    });
    const shuffled = distinct.chain((findings) =>
      fc.tuple(fc.constant(findings), fc.shuffledSubarray(findings, { minLength: findings.length })),
    );
    fc.assert(
      fc.property(shuffled, ([findings, reordered]) => {
        const [a, b] = [findings, reordered].map((each) =>
          assemble(assessment({ findings: each }), undefined, context),
        );
        assert.equal(JSON.stringify(a), JSON.stringify(b));
      }),
    );
  });

  it('never lists an id twice, and counts what it lists', () => {
    fc.assert(
      fc.property(fc.array(finding), (findings) => {
        const report = assemble(assessment({ findings }), undefined, context);
        assert.ok(report !== undefined);
        const ids = report.findings.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        const { critical, high, medium, low, info } = report.summary;
        assert.equal(critical + high + medium + low + info, ids.length);
      }),
    );
  });

  it('stays the same report, byte for byte, when nothing changed but the time', () => {
    fc.assert(
      fc.property(fc.array(finding), (findings) => {
        const first = assemble(assessment({ findings }), undefined, context);
        assert.ok(first !== undefined);
        const later = assemble(assessment({ findings }), record({ findings: first.findings }), {
          ...context,
          now: new Date('2027-01-01'),
        });
        assert.ok(later !== undefined);
        assert.equal(contentHash(later), contentHash(first));
      }),
    );
  });
});
