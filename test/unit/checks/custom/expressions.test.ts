import assert from 'node:assert/strict';
import type { CustomCheck, JsonObject } from '../../../../src/checks/custom/custom-check.ts';
import { PASS, SKIP } from '../../../../src/checks/outcome.ts';
import { customCheck, deployment, judged, type Around } from './custom-checks.ts';

type Expected = typeof PASS | typeof SKIP | { readonly fails: string } | { readonly error: string };
type Case = readonly [name: string, object: JsonObject, expected: Expected, around?: Around];

const FAILS: Expected = { fails: 'The rule is violated' };

function answers(title: string, check: Partial<CustomCheck>, cases: readonly Case[]): void {
  describe(title, () => {
    for (const [name, object, expected, around] of cases) {
      it(`is right about ${name}`, () => {
        const outcome = judged(customCheck(check), object, around);
        if (typeof expected === 'string') return assert.equal(outcome, expected);
        if ('fails' in expected) return assert.deepEqual(outcome, [{ message: expected.fails }]);
        return assert.deepEqual(outcome, { reason: 'Error', message: expected.error });
      });
    }
  });
}

describe('custom expressions', () => {
  answers(
    'a label that must be there',
    { expression: "has(object.metadata.labels) && 'team' in object.metadata.labels" },
    [
      ['an object with it', deployment({}, { labels: { team: 'a' } }), PASS],
      ['an object without it', deployment({}, { labels: { app: 'web' } }), FAILS],
      ['an object without labels', deployment(), FAILS],
    ],
  );

  answers('a field that is not there', { expression: "object.metadata.labels['team'] == 'a'" }, [
    ['an object with it', deployment({}, { labels: { team: 'a' } }), PASS],
    ['an object with another value', deployment({}, { labels: { team: 'b' } }), FAILS],
    ['an object without it', deployment({}, { labels: {} }), { error: 'No such key: team (at 1:1)' }],
    ['an object without its parent', deployment(), { error: 'No such key: labels (at 1:17)' }],
  ]);

  answers('optional fields', { expression: "object.metadata.?labels['team'].orValue('none') != 'none'" }, [
    ['an object with it', deployment({}, { labels: { team: 'a' } }), PASS],
    ['an object without it', deployment({}, { labels: {} }), FAILS],
    ['an object without its parent', deployment(), FAILS],
  ]);

  answers(
    'registries by parameters',
    { expression: 'podSpec.containers.all(c, params.registries.exists(r, c.image.startsWith(r)))' },
    [
      ['an image of a registry', deployment(), PASS, { params: { registries: ['quay.io/', 'registry.example.com/'] } }],
      ['an image of another registry', deployment(), FAILS, { params: { registries: ['quay.io/'] } }],
      ['no parameters', deployment(), { error: 'No such key: registries (at 1:34)' }],
    ],
  );

  answers(
    'labels of the namespace',
    {
      expression:
        "namespaceObject == null || namespaceObject.metadata.?labels.?stage.orValue('') != 'prod' || object.spec.replicas > 1",
    },
    [
      [
        'many replicas in production',
        deployment(),
        PASS,
        { namespaceObject: { metadata: { labels: { stage: 'prod' } } } },
      ],
      ['an object in no namespace', deployment(), PASS],
      [
        'one replica in production',
        { ...deployment(), spec: { replicas: 1 } },
        FAILS,
        { namespaceObject: { metadata: { labels: { stage: 'prod' } } } },
      ],
      [
        'one replica elsewhere',
        { ...deployment(), spec: { replicas: 1 } },
        PASS,
        { namespaceObject: { metadata: {} } },
      ],
    ],
  );

  answers('numbers', { expression: 'object.spec.replicas + 1 == 4 && object.spec.replicas >= 2.5' }, [
    ['whole numbers beside others', deployment(), PASS],
    ['another number', { ...deployment(), spec: { replicas: 2 } }, FAILS],
    [
      'no number',
      { ...deployment(), spec: { replicas: 'x' } },
      { error: 'no such overload: dyn<string> >= double (at 1:34)' },
    ],
  ]);

  answers('regular expressions as in Go', { expression: "object.metadata.name.matches('^(?i)[[:alpha:]]+$')" }, [
    ['a word', deployment({}, { name: 'Web' }), PASS],
    ['a number', deployment({}, { name: '17' }), FAILS],
  ]);

  answers(
    'a regular expression that only JavaScript knows',
    { expression: "object.metadata.name.matches('(?=w)web')" },
    [['a word', deployment(), { error: 'error parsing regexp: invalid or unsupported Perl syntax: `(?=` (at 1:1)' }]],
  );

  answers(
    'splitting and joining',
    {
      expression:
        "podSpec.containers[0].image.split('/').join('-') == 'registry.example.com-shop-web:1.0' && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && 'a,b'.split(',', 0) == [] && 'a,b'.split(',', -1).size() == 2",
    },
    [['an image', deployment(), PASS]],
  );

  answers('an expression that is neither true nor false', { expression: 'object.spec.replicas' }, [
    ['any object', deployment(), { error: 'the expression gave neither true nor false' }],
  ]);

  answers(
    'variables',
    {
      variables: [
        { name: 'images', expression: 'podSpec.containers.map(c, c.image)' },
        { name: 'latest', expression: "variables.images.filter(i, i.endsWith(':latest'))" },
        { name: 'unused', expression: '1 / 0 == 1' },
      ],
      expression: 'variables.latest.size() == 0',
      messageExpression: "'latest: ' + variables.latest.join(', ')",
    },
    [
      ['pinned images', deployment(), PASS],
      [
        'images that are not',
        deployment({ containers: [{ name: 'a', image: 'a:latest' }] }),
        { fails: 'latest: a:latest' },
      ],
      [
        'a variable that cannot be computed',
        deployment({ containers: [{ name: 'a' }] }),
        { error: 'variables.latest: variables.images: No such key: image (at 1:29)' },
      ],
    ],
  );

  answers(
    'matched kinds',
    {
      match: { kinds: [{ apiVersion: 'v1', kind: 'ConfigMap' }] },
      expression: 'podSpec == null && !has(podSpec.containers)',
    },
    [
      ['one of them, which has no pods', { apiVersion: 'v1', kind: 'ConfigMap' }, PASS],
      ['another kind', { apiVersion: 'v1', kind: 'Service' }, SKIP],
      ['the same kind of another group', { apiVersion: 'example.com/v1', kind: 'ConfigMap' }, SKIP],
      ['no kind at all', {}, SKIP],
    ],
  );
});

describe('podSpec', () => {
  const spec = { hostNetwork: true };
  const template = { template: { spec } };
  const rows: readonly (readonly [apiVersion: string, kind: string, spec: JsonObject])[] = [
    ['v1', 'Pod', spec],
    ['v1', 'ReplicationController', template],
    ['apps/v1', 'Deployment', template],
    ['apps/v1', 'StatefulSet', template],
    ['apps/v1', 'DaemonSet', template],
    ['apps/v1', 'ReplicaSet', template],
    ['batch/v1', 'Job', template],
    ['batch/v1', 'CronJob', { jobTemplate: { spec: template } }],
  ];
  const check = customCheck({ expression: 'podSpec.hostNetwork', match: { kinds: [{ kind: 'Workload' }] } });
  for (const [apiVersion, kind, objectSpec] of rows) {
    it(`is found in a ${kind}`, () => assert.equal(judged(check, { apiVersion, kind, spec: objectSpec }), PASS));
  }
  it('is null in a workload without a template', () => {
    const isNull = customCheck({ expression: 'podSpec == null' });
    assert.equal(judged(isNull, { apiVersion: 'apps/v1', kind: 'Deployment', spec: 'x' }), PASS);
  });
  for (const [apiVersion, kind] of [
    ['example.com/v1', 'Deployment'],
    ['v1', 'Service'],
    ['', 'constructor'],
  ] as const) {
    it(`is not looked for in a ${kind} of ${apiVersion}`, () =>
      assert.equal(judged(check, { apiVersion, kind, spec: template }), SKIP));
  }
});

describe('the message of a custom finding', () => {
  const failing = { expression: 'false', title: 'The title' };
  const rows: readonly (readonly [name: string, check: Partial<CustomCheck>, message: string])[] = [
    ['is the title', {}, 'The title'],
    ['is the given one', { message: 'The message' }, 'The message'],
    ['is computed', { message: 'M', messageExpression: "'name ' + object.metadata.name" }, 'name web'],
    ['is the given one where it cannot be computed', { message: 'M', messageExpression: 'object.nothing' }, 'M'],
    ['is the title where what is computed is no string', { messageExpression: 'object.spec.replicas' }, 'The title'],
    ['is the title where what is computed is empty', { messageExpression: "' '" }, 'The title'],
    ['is one line', { messageExpression: String.raw`'a\n  b'` }, 'a b'],
    ['is cut', { message: `${'x'.repeat(1022)}😀x` }, `${'x'.repeat(1022)}\ufffd…`],
  ];
  for (const [name, check, message] of rows) {
    it(name, () => assert.deepEqual(judged(customCheck({ ...failing, ...check }), deployment()), [{ message }]));
  }
  it('stands with the path', () => {
    const check = customCheck({ ...failing, path: 'spec.replicas' });
    assert.deepEqual(judged(check, deployment()), [{ message: 'The title', path: 'spec.replicas' }]);
  });
});
