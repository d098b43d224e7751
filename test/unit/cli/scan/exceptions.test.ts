import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createScope } from '../../../../src/controllers/scope.ts';
import type { Finding, SecurityReport } from '../../../../src/crds/index.ts';
import { selectChecks } from '../../../../src/checks/selection.ts';
import { DEFAULT_POLICY } from '../../../../src/reports/exceptions/policy.ts';
import { EXCEPTION_OFFERS } from '../../../support/exception-offers.ts';
import { exceptionBook, scanTexts, type Scanned } from '../../../support/scan-texts.ts';

const documents = (...texts: readonly (string | object)[]): string =>
  texts.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join('\n---\n');

/** With an empty namespace it names none. */
const web = (namespace = 'shop', metadata: object = {}): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', ...(namespace !== '' && { namespace }), ...metadata },
  spec: { template: { spec: { hostNetwork: true, hostPID: true, containers: [{ name: 'app', image: 'nginx' }] } } },
});
const namespaceOf = (name: string, labels: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const accepting = (spec: object = {}, metadata: object = { namespace: 'shop' }): object => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'SecurityException',
  metadata: { name: 'packets', ...metadata },
  spec: {
    checks: ['host-network'],
    reason: 'the exporter counts packets',
    expirationTime: '2027-01-01T00:00:00Z',
    ...spec,
  },
});
const everywhere = (spec: object = {}): object => ({ ...accepting(spec, {}), kind: 'ClusterSecurityException' });

const reportOf = ({ reports }: Scanned, kind = 'Deployment'): SecurityReport | undefined =>
  reports.find(({ subject }) => subject.kind === kind);
const found = (scanned: Scanned, check = 'host-network'): Finding | undefined =>
  reportOf(scanned)?.findings.find((finding) => finding.check === check);
const problemsOf = ({ malformed }: Scanned): readonly string[] =>
  malformed.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);

describe('exceptions in a scan of files', () => {
  it('take what they match out of the counts, and leave the rest', () => {
    const [open, scanned] = [scanTexts(documents(web())), scanTexts(documents(accepting(), web()))];
    assert.deepEqual(found(scanned)?.suppressedBy, {
      kind: 'SecurityException',
      name: 'packets',
      reason: 'the exporter counts packets',
    });
    assert.equal(found(scanned, 'host-pid')?.suppressedBy, undefined);
    const [before, after] = [reportOf(open)?.summary, reportOf(scanned)?.summary];
    assert.ok(before && after);
    assert.deepEqual(after, { ...before, high: before.high - 1, suppressed: 1 });
    assert.deepEqual([scanned.malformed, scanned.notices, scanned.ignored], [[], [], 0]);
  });

  const effects: readonly (readonly [string, boolean, readonly object[]])[] = [
    ['one that comes after what it accepts', true, [web(), accepting()]],
    ['one of another namespace', false, [web(), accepting({}, { namespace: 'db' })]],
    ['one that names no namespace, as what it accepts does not', true, [web(''), accepting({}, {})]],
    ['one that names no namespace, about what does', false, [web('shop'), accepting({}, {})]],
    ['one of the cluster', true, [web(), everywhere()]],
    ['one in a List', true, [web(), { apiVersion: 'v1', kind: 'List', items: [accepting()] }]],
    [
      'one in a list of its kind',
      true,
      [
        web(),
        {
          apiVersion: 'plimsoll.dev/v1alpha1',
          kind: 'SecurityExceptionList',
          items: [{ ...accepting(), apiVersion: undefined, kind: undefined }],
        },
      ],
    ],
    [
      'one by a label of the subject',
      true,
      [web('shop', { labels: { edge: 'yes' } }), accepting({ match: { selector: { matchLabels: { edge: 'yes' } } } })],
    ],
    [
      'one by a label of the Namespace that is among the files',
      true,
      [
        web(),
        namespaceOf('shop', { tier: 'web' }),
        everywhere({ namespaceSelector: { matchLabels: { tier: 'web' } } }),
      ],
    ],
    [
      'one by another label of the Namespace that is among the files',
      false,
      [web(), namespaceOf('shop', { tier: 'db' }), everywhere({ namespaceSelector: { matchLabels: { tier: 'web' } } })],
    ],
    [
      'one by the name of a Namespace, as a label that every cluster sets',
      true,
      [web(), everywhere({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } })],
    ],
    [
      'one that selects every namespace, also those that are not among the files',
      true,
      [web(), everywhere({ namespaceSelector: {} })],
    ],
    ['the last of two with one name', false, [web(), accepting(), accepting({ match: { names: ['other'] } })]],
  ];
  for (const [what, accepts, objects] of effects) {
    it(`${accepts ? 'count' : 'do not count'}: ${what}`, () => {
      const scanned = scanTexts(documents(...objects));
      assert.deepEqual(problemsOf(scanned), []);
      assert.equal(found(scanned)?.suppressedBy !== undefined, accepts);
    });
  }

  it('in the namespace that the files will be applied to count there', () => {
    const scanned = scanTexts(documents(web(''), accepting({}, {})), { namespace: 'shop' });
    assert.ok(found(scanned)?.suppressedBy);
    assert.equal(reportOf(scanned)?.metadata.namespace, 'shop');
  });

  it('from files for nothing else count, and these judge nothing and need not match', () => {
    const others = [
      accepting(),
      accepting({ match: { names: ['api'] } }, { name: 'unused', namespace: 'shop' }),
      web('other'),
    ];
    const exceptionFiles = [{ name: 'all.yaml', read: () => documents(...others) }];
    const scanned = scanTexts(documents(web()), { exceptionFiles });
    assert.ok(found(scanned)?.suppressedBy);
    assert.deepEqual([scanned.judged, scanned.notices], [1, []]);
  });

  const notices: readonly (readonly [string, readonly object[], readonly string[]])[] = [
    [
      'one whose end is past',
      [web(), accepting({ expirationTime: '2026-11-24T12:00:00Z' })],
      [
        'a.yaml:3:1: SecurityException shop/packets: it counts for nothing (Expired). Its end is past: its findings are open again.',
      ],
    ],
    [
      'one without an end',
      [web(), accepting({ expirationTime: undefined })],
      [
        'a.yaml:3:1: SecurityException shop/packets: it counts for nothing (Denied). It has no end: set spec.expirationTime.',
      ],
    ],
    [
      'one that matches nothing',
      [web(), everywhere({ match: { names: ['api'] } })],
      [
        'a.yaml:3:1: ClusterSecurityException packets: there is nothing here that it accepts: the cause is gone, or it names something else',
      ],
    ],
    [
      'one in a namespace where there is nothing',
      [web(), accepting({}, { namespace: 'shpo' })],
      [
        'a.yaml:3:1: SecurityException shpo/packets: there is nothing here that it accepts: the cause is gone, or it names something else',
      ],
    ],
    [
      'a check that does not exist, beside one that does',
      [web(), accepting({ checks: ['host-networks', 'host-pid'] })],
      ['a.yaml:3:1: SecurityException shop/packets: there is no check host-networks; did you mean host-network?'],
    ],
    [
      'a selector of namespaces that cannot be decided',
      [web(), everywhere({ namespaceSelector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] } })],
      [
        'a.yaml:3:1: ClusterSecurityException packets: it selects among namespaces, but the labels of the namespace shop are not known: it accepts nothing there',
      ],
    ],
  ];
  for (const [what, objects, expected] of notices) {
    it(`are told of: ${what}`, () => {
      const scanned = scanTexts(documents(...objects));
      assert.deepEqual([problemsOf(scanned), scanned.notices], [[], expected]);
      assert.equal(found(scanned)?.suppressedBy, undefined);
    });
  }

  it('are not told to match nothing where not all is looked at', () => {
    const text = documents(web(), accepting({ match: { names: ['api'] } }), everywhere({ match: { names: ['api'] } }));
    const scope = createScope({ include: ['db'], exclude: [] });
    const limited = { scope, exceptions: exceptionBook({ scope, isScopeLimited: true }) };
    assert.deepEqual(scanTexts(text, limited).notices, []);
    const selection = selectChecks({ include: ['host-pid'] });
    assert.deepEqual(scanTexts(text, { selection, exceptions: exceptionBook({ selection }) }).notices, []);
  });

  it('from files for nothing else are told of only where something of their namespace is judged', () => {
    const ended = { expirationTime: '2026-01-01T00:00:00Z' };
    const others = [accepting(ended), accepting(ended, { namespace: 'db' }), everywhere(ended)];
    const exceptionFiles = [{ name: 'all.yaml', read: () => documents(...others) }];
    const { notices: told } = scanTexts(documents(web()), { exceptionFiles });
    assert.deepEqual(
      told.map((line) => line.slice(0, line.indexOf(': it counts'))),
      ['all.yaml:1:1: SecurityException shop/packets', 'all.yaml:5:1: ClusterSecurityException packets'],
    );
  });

  it('go by the policy that is given', () => {
    const policy = { ...DEFAULT_POLICY, requiresExpiration: false, isProtected: (id: string) => id === 'host-pid' };
    const text = documents(
      web(),
      accepting({ expirationTime: undefined }),
      accepting({ checks: ['host-pid'] }, { name: 'processes', namespace: 'shop' }),
    );
    const scanned = scanTexts(text, { exceptions: exceptionBook({ policy }) });
    assert.ok(found(scanned)?.suppressedBy);
    assert.equal(found(scanned, 'host-pid')?.suppressedBy, undefined);
    assert.match(scanned.notices.join(), /\(Denied\).*host-pid/);
  });

  it('as annotations have no effect unless the policy lets them, which the report says', () => {
    const text = documents(web('shop', { annotations: { 'plimsoll.dev/ignore.host-network': 'we need it' } }));
    const denied = scanTexts(text);
    assert.equal(found(denied)?.suppressedBy, undefined);
    assert.deepEqual(
      reportOf(denied)?.ineffectiveAnnotations?.map(({ name }) => name),
      ['plimsoll.dev/ignore.host-network'],
    );
    const policy = { ...DEFAULT_POLICY, allowsAnnotation: () => true };
    const allowed = scanTexts(text, { exceptions: exceptionBook({ policy }) });
    assert.equal(found(allowed)?.suppressedBy?.kind, 'Annotation');
  });
});

describe('an exception in a file', () => {
  for (const [what, object, refusal] of EXCEPTION_OFFERS) {
    it(`is ${refusal === undefined ? 'taken' : 'refused'} as by the API server: ${what}`, () => {
      const { malformed } = scanTexts(JSON.stringify(object));
      assert.equal(malformed.length, refusal === undefined ? 0 : 1);
    });
  }

  const YAML = `apiVersion: plimsoll.dev/v1alpha1
kind: SecurityException
metadata:
  name: packets
spec:
  checks: [host-network]
  reason: the exporter counts packets
`;
  const wrong: readonly (readonly [string, string, string])[] = [
    [
      'a field that is misspelt',
      `${YAML}  expirationtime: '2027-01-01T00:00:00Z'\n`,
      'a.yaml:8:3 SecurityException: spec.expirationtime is an unknown field; did you mean expirationTime?',
    ],
    [
      'a check in capitals',
      YAML.replace('[host-network]', '[host-pid, HostNetwork]'),
      'a.yaml:6:22 SecurityException: spec.checks[1] is "HostNetwork", which does not match ^(\\*|[a-z0-9]+(-[a-z0-9]+)*)$',
    ],
    [
      'a reason that is too short',
      YAML.replace('the exporter counts packets', 'needed'),
      'a.yaml:7:3 SecurityException: spec.reason has 6 characters; it needs at least 10',
    ],
    [
      'a day for a time',
      `${YAML}  expirationTime: '2027-01-01'\n`,
      'a.yaml:8:3 SecurityException: spec.expirationTime is not a time such as 2026-12-31T00:00:00Z',
    ],
    [
      'a selector of namespaces for one namespace',
      `${YAML}  namespaceSelector: {}\n`,
      'a.yaml:8:3 SecurityException: spec.namespaceSelector is an unknown field; there are checks, match, reason, owner, ticket, expirationTime',
    ],
    [
      'a field beside the spec',
      `${YAML}reason: the exporter counts packets\n`,
      'a.yaml:8:1 SecurityException: reason is an unknown field; what it says belongs into spec',
    ],
    [
      'another version',
      YAML.replace('v1alpha1', 'v1'),
      'a.yaml:1:1 SecurityException: apiVersion is plimsoll.dev/v1; write plimsoll.dev/v1alpha1',
    ],
    ['no name', YAML.replace('name: packets', 'labels: {}'), 'a.yaml:3:1 SecurityException: metadata.name is missing'],
    ['no spec', YAML.replace(/spec:[^]*/, ''), 'a.yaml:1:1 SecurityException: spec is missing'],
  ];
  for (const [what, text, expected] of wrong) {
    it(`is malformed with ${what}, at its place`, () => {
      assert.deepEqual(problemsOf(scanTexts(text)), [expected]);
    });
  }

  it('is malformed or taken, whatever its spec holds', () => {
    const fields = fc.record(
      { checks: fc.jsonValue(), reason: fc.jsonValue(), match: fc.jsonValue(), expirationTime: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const selector = fc.record({ matchLabels: fc.jsonValue(), matchExpressions: fc.array(fc.jsonValue()) });
    const specs = fc.oneof(
      fc.jsonValue(),
      fields,
      selector.map((each) => ({ checks: ['host-network'], reason: 'for a reason', match: { selector: each } })),
    );
    fc.assert(
      fc.property(specs, (spec) => {
        const { malformed, ignored } = scanTexts(JSON.stringify({ ...accepting(), spec }));
        assert.ok(malformed.length <= 1 && ignored === 0);
      }),
    );
  });

  it('is malformed with its place in a file for exceptions only, too', () => {
    const exceptionFiles = [{ name: 'all.yaml', read: () => YAML.replace('spec', 'specs') }];
    assert.deepEqual(problemsOf(scanTexts('', { exceptionFiles })), [
      'all.yaml:5:1 SecurityException: specs is an unknown field; what it says belongs into spec',
    ]);
  });
});
