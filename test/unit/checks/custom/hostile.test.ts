import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { CustomCheck, Json } from '../../../../src/checks/custom/custom-check.ts';
import {
  createCustomEvaluator,
  type CustomEvaluator,
  type CustomJudgement,
} from '../../../../src/checks/custom/index.ts';
import { customCheck } from './custom-checks.ts';

/** What a check must say; nothing else is right. */
type Answer = 'pass' | 'fail' | 'error';

const POD = { apiVersion: 'v1', kind: 'Pod' };

function answerOf({ findings, undecided, skipped }: CustomJudgement, name: string): Answer | 'skip' {
  const stands = (list: readonly { readonly check: string }[]): boolean =>
    list.some(({ check }) => check === `custom-${name}`);
  if (stands(findings)) return 'fail';
  if (stands(undecided)) return 'error';
  return skipped.includes(`custom-${name}`) ? 'skip' : 'pass';
}

const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'get',
  'size',
  'length',
];

/** An own property, whatever its name. */
function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? (Object.getOwnPropertyDescriptor(value, key)?.value as unknown)
    : undefined;
}

/** Kubernetes compares what is of another type, the library refuses. */
const inList = (list: readonly unknown[], value: string): readonly Answer[] =>
  list.includes(value) ? ['pass', 'error'] : ['fail', 'error'];

const is = (holds: boolean): Answer => (holds ? 'pass' : 'fail');

/** Rules about the field `x`, and what each must say of its value, by code that knows nothing of CEL. */
const RULES: readonly (readonly [expression: string, answers: (x: unknown) => Answer | readonly Answer[]])[] = [
  ['object.x == 1', (x) => (x === undefined ? 'error' : is(x === 1))],
  ['has(object.x)', (x) => is(x !== undefined)],
  ['object.x', (x) => (typeof x === 'boolean' ? is(x) : 'error')],
  ["object.?x.orValue('none') == 'none'", (x) => is(x === undefined || x === 'none')],
  ['object.x > 1', (x) => (typeof x === 'number' ? is(x > 1) : 'error')],
  [
    "'__proto__' in object.x",
    (x) => {
      if (Array.isArray(x)) return inList(x, '__proto__');
      return typeof x === 'object' && x !== null ? is(Object.hasOwn(x, '__proto__')) : 'error';
    },
  ],
  ['object.x.all(e, true)', (x) => (typeof x === 'object' && x !== null ? 'pass' : 'error')],
  ["object.x.all(e, e != 'constructor') || true", () => 'pass'],
  [
    "object.x['constructor'] == 'a'",
    (x) => (at(x, 'constructor') === undefined ? 'error' : is(at(x, 'constructor') === 'a')),
  ],
  ['object == object && object.x == object.x', (x) => (x === undefined ? 'error' : 'pass')],
];

const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(
      null,
      true,
      false,
      0,
      1,
      2,
      -1,
      1.5,
      2 ** 53,
      -(2 ** 63),
      2 ** 64,
      1e300,
      'a',
      'none',
      'constructor',
      '__proto__',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 3 })), tie('json')), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries) as Json),
  ),
})).json;

describe('hostile objects and expressions', () => {
  let evaluator: CustomEvaluator | undefined;
  const disabled: string[] = [];
  const start = (checks: readonly CustomCheck[]): CustomEvaluator => {
    evaluator = createCustomEvaluator({ checks, deadlineMs: 20_000, onDisabled: ({ name }) => disabled.push(name) });
    return evaluator;
  };
  afterEach(async () => {
    await evaluator?.close();
    assert.deepEqual(disabled, []);
  });

  it('are judged as code that knows nothing of CEL judges them', async () => {
    const { evaluate } = start(RULES.map(([expression], index) => customCheck({ name: `r${index}`, expression })));
    await fc.assert(
      fc.asyncProperty(fc.option(json, { nil: undefined }), async (x) => {
        const objectJson = JSON.stringify({ ...POD, x });
        const judgement = await evaluate({ key: 'x', objectJson });
        const parsed = JSON.parse(objectJson) as { readonly x?: unknown };
        for (const [index, [expression, expected]] of RULES.entries()) {
          const answer = answerOf(judgement, `r${index}`);
          assert.ok(
            [expected(parsed.x)].flat().includes(answer as Answer),
            `${answer}: ${expression} of ${objectJson}`,
          );
        }
      }),
      { numRuns: 500 },
    );
  }).timeout(60_000);

  it('reach no property that is not their own', async () => {
    const carriers = [
      'object',
      'podSpec',
      'params',
      "timestamp('2026-01-01T00:00:00Z')",
      "duration('1s')",
      'type(1)',
      '{"a": 1}',
      '[1]',
      "'a'",
      '1',
      '1.5',
      'true',
      'null',
      'uint(1)',
      'cel',
      'optional',
      'google',
    ];
    const keys = KEYS.filter((key) => key !== 'size' && key !== 'length');
    const checks = carriers.flatMap((carrier, row) =>
      keys.map((key, column) =>
        customCheck({
          name: `c${row}-${column}`,
          title: `${carrier}[${key}]`,
          expression: `dyn(${carrier})[dyn('${key}')] != 17`,
        }),
      ),
    );
    const judgement = await start(checks).evaluate({ key: 'x', objectJson: JSON.stringify(POD) });
    const reached = checks.filter(({ name }) => answerOf(judgement, name) !== 'error').map(({ title }) => title);
    assert.deepEqual(reached, []);
  });

  it('find nothing in optional values but what is in the value', async () => {
    const checks = ["optional.of('a')", "optional.of(timestamp('2026-01-01T00:00:00Z'))", 'optional.none()'].flatMap(
      (carrier, row) =>
        ['__proto__', 'constructor'].map((key, column) =>
          customCheck({ name: `c${row}-${column}`, expression: `${carrier}[?dyn('${key}')].hasValue()` }),
        ),
    );
    const judgement = await start(checks).evaluate({ key: 'x', objectJson: JSON.stringify(POD) });
    assert.equal(checks.filter(({ name }) => answerOf(judgement, name) === 'pass').length, 0);
  });
});
