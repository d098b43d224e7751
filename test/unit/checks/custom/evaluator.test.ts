import assert from 'node:assert/strict';
import type { CustomCheck, JsonObject } from '../../../../src/checks/custom/custom-check.ts';
import {
  createCustomEvaluator,
  type CustomEvaluator,
  type CustomJudgement,
} from '../../../../src/checks/custom/index.ts';
import { customCheck, deployment } from './custom-checks.ts';

const subject = (object: JsonObject, key = 'Deployment shop/web'): { key: string; objectJson: string } => ({
  key,
  objectJson: JSON.stringify(object),
});

/** Many containers, for rules that compare each with each. */
const crowd = (length: number): JsonObject =>
  deployment({ containers: Array.from({ length }, (_, index) => ({ name: `c${index}`, image: 'a' })) });

/** Doubles a value so many times. */
function doubled(value: string, times: number, then: (name: string) => string): string {
  const step = (at: number): string =>
    at > times ? then(`x${times}`) : `cel.bind(x${at}, x${at - 1} + x${at - 1}, ${step(at + 1)})`;
  return `cel.bind(x0, ${value}, ${step(1)})`;
}

const each = (depth: number, inner: string): string =>
  Array.from({ length: depth }, (_, index) => `podSpec.containers.all(v${index}, `).join('') +
  inner +
  ')'.repeat(depth);

/** Compares two values that are the same in each of their many places, and nowhere the same object. */
function sharedEquality(depth: number): string {
  const pair = (name: string): string => `[[${name}[0], ${name}[0]], [${name}[1], ${name}[1]]]`;
  const step = (at: number): string =>
    at > depth ? `x${depth}[0] == x${depth}[1]` : `cel.bind(x${at}, ${pair(`x${at - 1}`)}, ${step(at + 1)})`;
  return `cel.bind(x0, [dyn(["a"]), dyn(["a"])], ${step(1)})`;
}

describe('the evaluator of custom checks', () => {
  let evaluator: CustomEvaluator;
  let disabled: string[];
  const start = (checks: readonly CustomCheck[], bounds: { deadlineMs?: number; maxWaiting?: number } = {}): void => {
    disabled = [];
    evaluator = createCustomEvaluator({
      checks,
      params: { team: 'a' },
      deadlineMs: 500,
      ...bounds,
      onDisabled: ({ name }, why) => disabled.push(`${name} ${why}`),
    });
  };
  afterEach(async () => evaluator.close());

  it('gives a judgement in the shape of all others', async () => {
    start([
      customCheck({ name: 'good' }),
      customCheck({ name: 'bad', expression: 'false', path: 'spec', severity: 'Low' }),
      customCheck({ name: 'broken', expression: 'object.nothing' }),
      customCheck({ name: 'elsewhere', match: { kinds: [{ apiVersion: 'v1', kind: 'Service' }] } }),
      customCheck({ name: 'unreadable', expression: '(' }),
    ]);
    assert.deepEqual(await evaluator.evaluate(subject(deployment())), {
      findings: [{ check: 'custom-bad', severity: 'Low', message: 'The rule is violated', path: 'spec' }],
      undecided: [
        { check: 'custom-broken', reason: 'Error', message: 'No such key: nothing (at 1:8)' },
        { check: 'custom-unreadable', reason: 'Error', message: 'expression: Unexpected token: EOF (at 1:2)' },
      ],
      skipped: ['custom-elsewhere'],
    } satisfies CustomJudgement);
  });

  it('hands over the Namespace and the parameters', async () => {
    start([customCheck({ expression: "namespaceObject.metadata.name == 'shop' && params.team == 'a'" })]);
    const namespaceJson = JSON.stringify({ metadata: { name: 'shop' } });
    const judgement = await evaluator.evaluate({ ...subject(deployment()), namespaceJson });
    assert.deepEqual(judgement, { findings: [], undecided: [], skipped: [] });
  });

  it('answers each object for itself, in any number', async () => {
    start([
      customCheck({ expression: 'object.spec.replicas < 50', messageExpression: 'string(object.spec.replicas)' }),
    ]);
    const judgements = await Promise.all(
      Array.from({ length: 100 }, async (_, replicas) =>
        evaluator.evaluate(subject({ ...deployment(), spec: { replicas } })),
      ),
    );
    const found = judgements.flatMap(({ findings }) => findings.map(({ message }) => message));
    assert.deepEqual(
      found,
      Array.from({ length: 50 }, (_, index) => `${index + 50}`),
    );
  });

  it('knows which kinds it is about', () => {
    start([customCheck({ match: { kinds: [{ apiVersion: 'v1', kind: 'Service' }, { kind: 'Workload' }] } })]);
    const kinds = [
      ['v1', 'Service'],
      ['v1', 'Pod'],
      ['batch/v1', 'CronJob'],
      ['v1', 'ConfigMap'],
    ] as const;
    assert.deepEqual(
      kinds.map(([apiVersion, kind]) => evaluator.covers(apiVersion, kind)),
      [true, true, true, false],
    );
  });

  it('needs no thread if there are no checks', async () => {
    start([]);
    assert.deepEqual(await evaluator.evaluate({ key: 'x', objectJson: '{' }), {
      findings: [],
      undecided: [],
      skipped: [],
    });
  });

  const unreadable: readonly (readonly [name: string, objectJson: string, message: string])[] = [
    ['no JSON', '{', 'the object is no JSON'],
    ['no object', '[]', 'the object is no JSON object'],
    ['nested too deeply', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'the object nests too deeply'],
    ['too large', `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`, 'the object is larger than 1572864 characters'],
  ];
  it('is undecided about what it cannot read, and goes on', async () => {
    start([customCheck()]);
    for (const [name, objectJson, message] of unreadable) {
      const judgement = await evaluator.evaluate({ key: name, objectJson });
      assert.deepEqual(judgement.undecided, [{ check: 'custom-rule', reason: 'Malformed', message }], name);
    }
    const namespaced = await evaluator.evaluate({ ...subject(deployment()), namespaceJson: '[' });
    assert.equal(namespaced.undecided[0]?.message, 'the Namespace of the object cannot be read');
    assert.deepEqual(await evaluator.evaluate(subject(deployment())), { findings: [], undecided: [], skipped: [] });
  });

  it('takes no more objects than may wait', async () => {
    start([customCheck()], { maxWaiting: 2 });
    const taken = [1, 2, 3].map(async () => evaluator.evaluate(subject(deployment())));
    await assert.rejects(evaluator.evaluate(subject(deployment())), /2 objects wait for custom checks already/);
    assert.equal((await Promise.all(taken)).length, 3);
  });

  it('rejects what waits when it is closed, and what comes after', async () => {
    start([customCheck({ expression: each(4, 'v0 != v3 || v1 != v2 || true') })], { deadlineMs: 60_000 });
    const waiting = [1, 2].map(async () => evaluator.evaluate(subject(crowd(200))));
    const settled = Promise.allSettled(waiting);
    await evaluator.close();
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await assert.rejects(evaluator.evaluate(subject(deployment())), /is closed/);
    assert.deepEqual(disabled, []);
  });

  describe('with a check that would not end', () => {
    const overruns: readonly (readonly [name: string, check: Partial<CustomCheck>])[] = [
      ['comprehensions in comprehensions', { expression: each(5, 'v0.name != v4.image') }],
      ['a variable that does', { variables: [{ name: 'a', expression: each(5, 'true') }], expression: 'variables.a' }],
      ['a messageExpression that does', { expression: 'false', messageExpression: `${each(5, 'true')} ? 'a' : 'b'` }],
      ['errors that are caught', { expression: each(5, '1 / 0 == 1 || true') }],
      ['equality of what is shared', { expression: sharedEquality(26) }],
    ];
    for (const [name, check] of overruns) {
      it(`disables it, and goes on with the others: ${name}`, async () => {
        start([
          customCheck({ name: 'first', expression: 'false' }),
          customCheck({ ...check, name: 'endless' }),
          customCheck({ name: 'last', expression: 'false' }),
        ]);
        const judgement = await evaluator.evaluate(subject(crowd(60)));
        assert.deepEqual(
          judgement.findings.map(({ check: id }) => id),
          ['custom-first', 'custom-last'],
        );
        assert.deepEqual(judgement.undecided, [
          { check: 'custom-endless', reason: 'Error', message: 'disabled: runs longer than 500 ms' },
        ]);
        assert.deepEqual(disabled, ['endless runs longer than 500 ms with Deployment shop/web']);
      });
    }

    it('stays undecided about all that the check matches, and is told once', async () => {
      start([customCheck({ name: 'endless', expression: each(5, 'true') }), customCheck({ name: 'fine' })]);
      const [large, small, other] = await Promise.all([
        evaluator.evaluate(subject(crowd(60))),
        evaluator.evaluate(subject(deployment(), 'small')),
        evaluator.evaluate(subject({ apiVersion: 'v1', kind: 'Service' }, 'other')),
      ]);
      assert.deepEqual(
        [large, small].map(({ undecided }) => undecided.map(({ check }) => check)),
        [['custom-endless'], ['custom-endless']],
      );
      assert.deepEqual(other.skipped, ['custom-endless', 'custom-fine']);
      assert.equal(disabled.length, 1);
    });

    it('ends well if several do not end', async () => {
      start(['a', 'b', 'c'].map((name) => customCheck({ name, expression: each(5, 'true') })));
      const { undecided } = await evaluator.evaluate(subject(crowd(60)));
      assert.deepEqual(
        undecided.map(({ check }) => check),
        ['custom-a', 'custom-b', 'custom-c'],
      );
      assert.deepEqual(
        disabled.map((why) => why.slice(0, 1)),
        ['a', 'b', 'c'],
      );
    });
  });

  describe('with a check that would take all memory', () => {
    const hoarders: readonly (readonly [name: string, expression: string])[] = [
      [
        'lists of lists',
        `podSpec.containers.map(a, ${'podSpec.containers.map(b, '.repeat(3)}[a, b]${')'.repeat(3)}).size() == 0`,
      ],
      [
        'many long strings',
        'podSpec.containers.map(a, podSpec.containers.map(b, (object.metadata.annotations.long + b.name + a.name).upperAscii())).size() == 0',
      ],
      [
        'many parts',
        "podSpec.containers.map(a, podSpec.containers.map(b, object.metadata.annotations.long.split(''))).size() == 0",
      ],
    ];
    const object = { ...crowd(300), metadata: { annotations: { long: 'a'.repeat(90_000) } } };
    for (const [name, expression] of hoarders) {
      it(`disables it, and goes on with the others: ${name}`, async () => {
        start([customCheck({ name: 'greedy', expression }), customCheck({ name: 'last', expression: 'false' })], {
          deadlineMs: 20_000,
        });
        const judgement = await evaluator.evaluate(subject(object));
        assert.deepEqual(
          judgement.findings.map(({ check }) => check),
          ['custom-last'],
        );
        assert.deepEqual(disabled, ['greedy takes more memory than 32 MiB with Deployment shop/web']);
      }).timeout(60_000);
    }

    it('tries it again in a fresh thread before it is blamed', async () => {
      start([customCheck({ name: 'greedy', expression: hoarders[0]?.[1] ?? '' })], { deadlineMs: 20_000 });
      assert.deepEqual((await evaluator.evaluate(subject(deployment()))).findings.length, 1);
      const { undecided } = await evaluator.evaluate(subject(object));
      assert.deepEqual(
        undecided.map(({ check }) => check),
        ['custom-greedy'],
      );
      assert.equal(disabled.length, 1);
    }).timeout(60_000);

    it('blames no check for an object that is too much by itself', async () => {
      start([customCheck({ expression: 'object.spec.template.spec.containers.size() > 0' })]);
      await evaluator.evaluate(subject(deployment()));
      const tooMuch = `{"apiVersion":"v1","kind":"Pod","a":[${Array.from({ length: 500_000 }, () => '{}').join(',')}]}`;
      const { undecided } = await evaluator.evaluate({ key: 'too much', objectJson: tooMuch });
      assert.match(undecided[0]?.message ?? '', /^custom checks could not be run: .*memory/);
      assert.deepEqual(await evaluator.evaluate(subject(deployment())), { findings: [], undecided: [], skipped: [] });
      assert.deepEqual(disabled, []);
    }).timeout(60_000);
  });

  describe('with a check that makes too much at once', () => {
    const bounded: readonly (readonly [name: string, expression: string, message: string])[] = [
      [
        'a string',
        doubled("'0123456789abcdef'", 18, (name) => `size(${name}) == 0`),
        'a string of more than 1048576 characters',
      ],
      ['a list', doubled('[1, 2, 3, 4]', 18, (name) => `size(${name}) == 0`), 'a list of more than 100000 elements'],
      [
        'a joined string',
        "podSpec.containers.map(c, object.metadata.annotations.long).join(',') == ''",
        'a string of more than 1048576 characters',
      ],
      [
        'parts of a string',
        "(object.metadata.annotations.long + 'a').split('').size() == 0",
        'a list of more than 100000 elements',
      ],
      [
        'a long pattern',
        `object.kind.matches(${doubled("'a?b?c?d?'", 8, (name) => name)})`,
        'a regular expression of more than 1024 characters',
      ],
    ];
    const object = { ...crowd(60), metadata: { annotations: { long: 'a'.repeat(200_000) } } };
    for (const [name, expression, message] of bounded) {
      it(`says so and keeps it: ${name}`, async () => {
        start([customCheck({ expression })], { deadlineMs: 20_000 });
        const { undecided } = await evaluator.evaluate(subject(object));
        assert.match(undecided[0]?.message ?? '', new RegExp(`^${message} \\(at 1:\\d+\\)$`));
        assert.deepEqual(disabled, []);
      });
    }
  });

  it('blames nobody because this thread was busy', async () => {
    start([customCheck({ expression: 'false' })], { deadlineMs: 100 });
    await evaluator.evaluate(subject(deployment()));
    const judgement = evaluator.evaluate(subject(deployment()));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
    assert.equal((await judgement).findings.length, 1);
    assert.deepEqual(disabled, []);
  });

  it('answers a regular expression that would take JavaScript for ever', async () => {
    start([customCheck({ expression: "object.metadata.name.matches('^(a+)+$')" })]);
    const judgement = await evaluator.evaluate(subject(deployment({}, { name: `${'a'.repeat(5000)}b` })));
    assert.equal(judgement.findings.length, 1);
    assert.deepEqual(disabled, []);
  });
});
