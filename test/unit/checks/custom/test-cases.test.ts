import assert from 'node:assert/strict';
import { compile } from '../../../../src/checks/custom/compile.ts';
import type { CustomCheck, CustomTest } from '../../../../src/checks/custom/custom-check.ts';
import { runTests } from '../../../../src/checks/custom/test-cases.ts';
import { customCheck, deployment } from './custom-checks.ts';

function told(check: Partial<CustomCheck>, test: Partial<CustomTest>): string[] {
  const tests = [{ name: 't', object: deployment(), expect: 'pass' as const, ...test }];
  const compiled = compile(customCheck({ ...check, tests }), null);
  assert.ok('id' in compiled);
  return runTests(compiled, () => {}).map(({ field, message }) => `${field}: ${message}`);
}

const service = { apiVersion: 'v1', kind: 'Service' };

describe('test cases of custom checks', () => {
  const rows: readonly (readonly [
    name: string,
    check: Partial<CustomCheck>,
    test: Partial<CustomTest>,
    problems: readonly string[],
  ])[] = [
    ['hold where an object passes', {}, {}, []],
    ['hold where it fails', { expression: 'false' }, { expect: 'fail' }, []],
    [
      'hold where it fails with the message',
      { expression: 'false' },
      { expect: 'fail', message: 'The rule is violated' },
      [],
    ],
    ['hold where it gives an error', { expression: 'object.nothing' }, { expect: 'error' }, []],
    ['hold where it is not matched', {}, { expect: 'skip', object: service }, []],
    [
      'know the Namespace',
      { expression: "namespaceObject.metadata.name == 'shop'" },
      { namespaceObject: { metadata: { name: 'shop' } } },
      [],
    ],
    ['tell a pass', {}, { expect: 'fail' }, ['tests[t]: expected fail, but the object passes']],
    [
      'tell a failure',
      { expression: 'false' },
      {},
      ['tests[t]: expected pass, but the object fails: The rule is violated'],
    ],
    [
      'tell an error',
      { expression: 'object.nothing' },
      {},
      ['tests[t]: expected pass, but the object gives an error: No such key: nothing (at 1:8)'],
    ],
    [
      'tell an object that is not matched',
      {},
      { object: service },
      ['tests[t]: expected pass, but the object is of a kind that the check does not match'],
    ],
    [
      'tell another message',
      { expression: 'false' },
      { expect: 'fail', message: 'x' },
      ["tests[t]: expected the message 'x', but it is 'The rule is violated'"],
    ],
    [
      'tell a message that cannot be made',
      { expression: 'false', messageExpression: 'object.nothing' },
      { expect: 'fail' },
      ['tests[t]: its messageExpression gives no message: No such key: nothing (at 1:8)'],
    ],
    [
      'tell a message that is empty',
      { expression: 'false', messageExpression: "''" },
      { expect: 'fail' },
      ['tests[t]: its messageExpression gives no message: it is empty'],
    ],
    [
      'tell a message that is no string',
      { expression: 'false', messageExpression: 'object.spec' },
      { expect: 'fail' },
      ['tests[t]: its messageExpression gives no message: it is no string'],
    ],
    [
      'tell an object that is none',
      {},
      { object: [] as unknown as CustomTest['object'] },
      ['tests[t]: object is no object'],
    ],
  ];
  for (const [name, check, test, problems] of rows) it(name, () => assert.deepEqual(told(check, test), problems));

  it('announce each step', () => {
    const tests = ['a', 'b'].map((name) => ({ name, object: deployment(), expect: 'pass' as const }));
    const compiled = compile(customCheck({ tests }), null);
    assert.ok('id' in compiled);
    let steps = 0;
    runTests(compiled, () => (steps += 1));
    assert.equal(steps, 2);
  });
});
