import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { groupByCause, possibleCauses } from '../../../../src/checks/causes/group.ts';
import { CAUSES } from '../../../../src/checks/causes/table.ts';
import type { SeenFinding } from '../../../../src/checks/union.ts';
import { CATALOGUE } from '../../../../src/checks/catalogue.ts';
import { SEVERITIES } from '../../../../src/crds/index.ts';

const found = (check: string, more: Partial<SeenFinding> = {}): SeenFinding => ({
  check,
  severity: 'Medium',
  message: `violates ${check}`,
  seenIn: 'Template',
  ...more,
});

/** `cause > implied, implied` for each group, sorted. */
const groupsOf = (...findings: readonly SeenFinding[]): readonly string[] =>
  groupByCause(findings)
    .map(({ check, implied = [] }) =>
      [
        check,
        implied
          .map((each) => each.check)
          .sort()
          .join(', '),
      ].join(' > '),
    )
    .map((line) => line.replace(/ > $/, ''))
    .sort();

const app = { container: 'app' };

describe('The table of causes', () => {
  it('names checks of the catalogue', () => {
    const ids = new Set(CATALOGUE.map(({ id }) => id));
    const named = CAUSES.flatMap(({ cause, implies }) => [cause, ...implies]);
    assert.deepEqual(
      named.filter((id) => !ids.has(id)),
      [],
    );
  });

  it('leads from no check back to itself', () => {
    for (const { cause } of CAUSES) assert.doesNotThrow(() => possibleCauses({ check: cause }), cause);
  });

  it('has one row for each cause and each way to agree', () => {
    const rows = CAUSES.map(({ cause, where }) => `${cause} by ${where.join()}`);
    assert.equal(new Set(rows).size, rows.length);
  });
});

describe('Grouping by cause', () => {
  it('lets a bare container be one finding, of the worst severity among them', () => {
    const [group, ...others] = groupByCause([
      found('capabilities-not-dropped', app),
      found('security-context-missing', { ...app, severity: 'Low' }),
      found('writable-root-filesystem', { ...app, severity: 'Low' }),
      found('net-raw-capability', app),
    ]);
    assert.deepEqual(others, []);
    assert.equal(group?.check, 'security-context-missing');
    assert.equal(group.severity, 'Medium');
    assert.equal(group.implied?.length, 3);
  });

  it('does not mix containers', () => {
    assert.deepEqual(
      groupsOf(found('privileged-container', app), found('privilege-escalation-allowed', { container: 'proxy' })),
      ['privilege-escalation-allowed', 'privileged-container'],
    );
  });

  it('does not mix volumes, and joins their mounts', () => {
    assert.deepEqual(
      groupsOf(
        found('host-path-sensitive', { key: 'etc' }),
        found('host-path-volume', { key: 'etc' }),
        found('restricted-volume-type', { key: 'etc' }),
        found('host-path-writable', { ...app, key: 'etc' }),
        found('host-path-volume', { key: 'data' }),
      ),
      ['host-path-sensitive > host-path-volume, host-path-writable, restricted-volume-type', 'host-path-volume'],
    );
  });

  it('takes the worst of several causes, and of equals the first of the table', () => {
    const user = found('run-as-user-zero', app);
    const context = found('security-context-missing', app);
    const first = CAUSES.find(({ cause }) => [user.check, context.check].includes(cause));
    const above = (...causes: readonly SeenFinding[]): readonly string[] =>
      groupsOf(...causes, found('run-as-root-allowed', app)).filter((group) => group.includes('>'));
    for (const [worse, better] of [
      [user, { ...context, severity: 'Low' }],
      [context, { ...user, severity: 'Low' }],
    ] as const) {
      assert.deepEqual(above(worse, better), [`${worse.check} > run-as-root-allowed`]);
      assert.deepEqual(above(better, worse), [`${worse.check} > run-as-root-allowed`]);
    }
    for (const equals of [above(user, context), above(context, user)])
      assert.deepEqual(equals, [`${first?.cause} > run-as-root-allowed`]);
  });

  it('passes over a cause that has one itself', () => {
    assert.deepEqual(
      groupsOf(
        found('privileged-container', { ...app, severity: 'Critical' }),
        found('seccomp-unconfined', app),
        found('seccomp-profile-missing', app),
      ),
      ['privileged-container > seccomp-profile-missing, seccomp-unconfined'],
    );
  });

  it('does not hide what the template has under what only pods have', () => {
    assert.deepEqual(
      groupsOf(found('privileged-container', { ...app, seenIn: 'Pod' }), found('privilege-escalation-allowed', app)),
      ['privilege-escalation-allowed', 'privileged-container'],
    );
    assert.deepEqual(
      groupsOf(found('privileged-container', app), found('privilege-escalation-allowed', { ...app, seenIn: 'Pod' })),
      ['privileged-container > privilege-escalation-allowed'],
    );
  });

  const finding = fc.record(
    {
      check: fc.constantFrom(...new Set(CAUSES.flatMap(({ cause, implies }) => [cause, ...implies])), 'host-pid'),
      severity: fc.constantFrom(...SEVERITIES),
      message: fc.constant('wrong'),
      container: fc.constantFrom('app', 'proxy'),
      key: fc.constantFrom('a', 'b'),
      seenIn: fc.constantFrom('Template' as const, 'Pod' as const),
    },
    { requiredKeys: ['check', 'severity', 'message'] },
  );
  const findings = fc.uniqueArray(finding, {
    selector: ({ check, container, key }) => [check, container, key].join('/'),
    maxLength: 20,
  });

  it('loses no finding and repeats none, and gives a cause the worst severity, whatever the order', () => {
    fc.assert(
      fc.property(findings, fc.nat(), (drawn, places) => {
        const groups = groupByCause(drawn);
        const members = groups.flatMap(({ implied = [], ...cause }) => [cause, ...implied]);
        const textOf = ({ check, container, key }: SeenFinding): string => [check, container, key].join('/');
        assert.deepEqual(members.map(textOf).sort(), drawn.map(textOf).sort());
        for (const { severity, implied = [] } of groups) {
          const worst = Math.min(...implied.map((each) => SEVERITIES.indexOf(each.severity)));
          assert.ok(SEVERITIES.indexOf(severity) <= worst);
        }
        const turned = [...drawn.slice(places % 20), ...drawn.slice(0, places % 20)];
        assert.deepEqual(groupsOf(...turned), groupsOf(...drawn));
      }),
    );
  });
});
