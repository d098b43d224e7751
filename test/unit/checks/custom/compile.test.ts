import assert from 'node:assert/strict';
import { compile } from '../../../../src/checks/custom/compile.ts';
import type { CustomCheck } from '../../../../src/checks/custom/custom-check.ts';
import { PASS } from '../../../../src/checks/outcome.ts';
import { customCheck, deployment, judged } from './custom-checks.ts';

function told(check: Partial<CustomCheck>): string[] {
  const compiled = compile(customCheck(check), null);
  return 'problems' in compiled ? compiled.problems.map(({ field, message }) => `${field}: ${message}`) : [];
}

describe('reading custom expressions', () => {
  const rows: readonly (readonly [name: string, check: Partial<CustomCheck>, problems: readonly string[]])[] = [
    ['what is right', { expression: 'object.a && podSpec.b == 1 && namespaceObject.c in params.d' }, []],
    ['what does not end', { expression: 'object.a ==\n  ' }, ['expression: Unexpected token: EOF (at 2:3)']],
    ['an unknown name', { expression: 'objekt.a' }, ['expression: Unknown variable: objekt (at 1:1)']],
    [
      'an unknown function',
      { expression: 'object.a.isIP()' },
      ["expression: found no matching overload for 'dyn.isIP()' (at 1:1)"],
    ],
    [
      'operands of types that do not go together',
      { expression: "size(object.a) == 'x'" },
      ['expression: no such overload: int == string (at 1:1)'],
    ],
    ['what gives no bool', { expression: 'size(object)' }, ['expression: must give a bool, and gives a int']],
    [
      'a message that is none',
      { messageExpression: '1 + 1' },
      ['messageExpression: must give a string, and gives a int'],
    ],
    ['an unknown variable', { expression: 'variables.a' }, ['expression: Unknown variable: variables (at 1:1)']],
    [
      'a variable that comes later',
      {
        variables: [
          { name: 'a', expression: 'variables.b' },
          { name: 'b', expression: '1' },
        ],
        expression: 'variables.a == variables.c',
      },
      ['variables[a].expression: Unknown variable: variables (at 1:1)', 'expression: No such key: c (at 1:26)'],
    ],
    [
      'everything that is wrong',
      { variables: [{ name: 'a', expression: '(' }], expression: ')', messageExpression: ']' },
      [
        'variables[a].expression: Unexpected token: EOF (at 1:2)',
        'expression: Unexpected token: RPAREN (at 1:1)',
        'messageExpression: Unexpected token: RBRACKET (at 1:1)',
      ],
    ],
    ['bytes', { expression: "b'a' == b'a'" }, ['expression: bytes are not available here (at 1:1)']],
    [
      'bytes that are made',
      { expression: 'object.a.all(x, size(bytes(x)) > 1)' },
      ['expression: bytes are not available here (at 1:22)'],
    ],
    [
      'deep nesting',
      { expression: `${'('.repeat(100)}true${')'.repeat(100)}` },
      ['expression: Exceeded maxDepth (64) (at 1:65)'],
    ],
    [
      'very many nodes',
      { expression: Array.from({ length: 1500 }, () => 'true').join('||') },
      ['expression: Exceeded maxAstNodes (2000) (at 1:1)'],
    ],
  ];
  for (const [name, check, problems] of rows) {
    it(`tells what is wrong with ${name}`, () => assert.deepEqual(told(check), problems));
  }

  it('takes the word variables for a name of its own if there are none', () => {
    assert.equal(
      judged(
        customCheck({ expression: 'object.spec.template.spec.containers.all(variables, has(variables.name))' }),
        deployment(),
      ),
      PASS,
    );
  });
});
