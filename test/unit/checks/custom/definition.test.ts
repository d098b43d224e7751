import assert from 'node:assert/strict';
import { definitionProblems } from '../../../../src/checks/custom/definition.ts';
import type { CustomCheck } from '../../../../src/checks/custom/custom-check.ts';
import { CUSTOM_LIMITS } from '../../../../src/checks/custom/limits.ts';
import { customCheck } from './custom-checks.ts';

const told = (...checks: readonly CustomCheck[]): string[] =>
  definitionProblems(checks).map(({ check, field, message }) => `${check} ${field}: ${message}`);
const KIND = { apiVersion: 'v1', kind: 'Pod' };
const object = {};

describe('definitions of custom checks', () => {
  it('are right as in the documentation', () => {
    assert.deepEqual(
      told(
        customCheck({
          variables: [{ name: 'a', expression: '1' }],
          messageExpression: "'x'",
          tests: [{ name: 't', object, expect: 'fail', message: 'x' }],
        }),
      ),
      [],
    );
  });

  const rows: readonly (readonly [name: string, check: Partial<CustomCheck>, problem: string])[] = [
    [
      'a name in capitals',
      { name: 'Rule' },
      'Rule name: must be words of a-z and 0-9 joined by single hyphens, 56 characters at most',
    ],
    [
      'a long name',
      { name: 'a'.repeat(57) },
      `${'a'.repeat(57)} name: must be words of a-z and 0-9 joined by single hyphens, 56 characters at most`,
    ],
    [
      'an unknown severity',
      { severity: 'Bad' as 'High' },
      'rule severity: is none of Critical, High, Medium, Low, Info',
    ],
    ['no kinds', { match: { kinds: [] } }, 'rule match.kinds: is empty: the check would judge nothing'],
    [
      'a kind without apiVersion',
      { match: { kinds: [KIND, { kind: 'Pod' }] } },
      'rule match.kinds[1]: Pod needs an apiVersion; only Workload is known without',
    ],
    [
      'many kinds',
      { match: { kinds: Array.from({ length: 51 }, () => KIND) } },
      'rule match.kinds: 51 are more than the 50 that one check may have',
    ],
    ['an empty expression', { expression: ' ' }, 'rule expression: is empty'],
    [
      'a long expression',
      { expression: ' '.repeat(8192).concat('x') },
      'rule expression: 8193 characters are more than 8192',
    ],
    ['an empty messageExpression', { messageExpression: '' }, 'rule messageExpression: is empty'],
    [
      'a variable twice',
      { variables: ['a', 'a'].map((name) => ({ name, expression: '1' })) },
      'rule variables[a]: the name stands twice',
    ],
    [
      'a variable with a hyphen',
      { variables: [{ name: 'a-b', expression: '1' }] },
      'rule variables[a-b]: the name is no identifier of CEL',
    ],
    [
      'a variable without expression',
      { variables: [{ name: 'a', expression: '' }] },
      'rule variables[a].expression: is empty',
    ],
    [
      'many variables',
      { variables: Array.from({ length: 21 }, (_, index) => ({ name: `a${index}`, expression: '1' })) },
      'rule variables: 21 are more than the 20 that one check may have',
    ],
    [
      'a test twice',
      { tests: ['t', 't'].map((name) => ({ name, object, expect: 'pass' as const })) },
      'rule tests[t]: the name stands twice',
    ],
    [
      'a test that expects nothing known',
      { tests: [{ name: 't', object, expect: 'ok' as 'pass' }] },
      'rule tests[t]: expect is none of pass, fail, error, skip',
    ],
    [
      'the message of a test that passes',
      { tests: [{ name: 't', object, expect: 'pass', message: 'x' }] },
      'rule tests[t]: only a test with expect: fail has a message to compare',
    ],
    [
      'many tests',
      { tests: Array.from({ length: 51 }, (_, index) => ({ name: `t${index}`, object, expect: 'pass' as const })) },
      'rule tests: 51 are more than the 50 that one check may have',
    ],
  ];
  for (const [name, check, problem] of rows) {
    it(`refuse ${name}`, () => assert.deepEqual(told(customCheck(check)), [problem]));
  }

  it('refuse two checks of one name', () => {
    assert.deepEqual(told(customCheck(), customCheck(), customCheck({ name: 'other' })), [
      'rule name: two checks have this name',
    ]);
  });

  it('refuse more checks than there may be', () => {
    const checks = Array.from({ length: CUSTOM_LIMITS.checks + 2 }, (_, index) => customCheck({ name: `r${index}` }));
    assert.deepEqual(told(...checks), ['r100 name: 102 checks are more than 100']);
  });
});
