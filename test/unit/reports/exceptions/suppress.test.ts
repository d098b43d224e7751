import assert from 'node:assert/strict';
import { UNMARKED, type SubjectMarks } from '../../../../src/inventory/facts/marks.ts';
import { readException, type Exception } from '../../../../src/reports/exceptions/exception.ts';
import { DEFAULT_POLICY, type ExceptionPolicy } from '../../../../src/reports/exceptions/policy.ts';
import { suppressing, type SuppressedSubject, type Suppressing } from '../../../../src/reports/exceptions/suppress.ts';
import { clusterException, exception } from '../../../support/exceptions.ts';

const WEB = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };
const NODE = { group: '', kind: 'Node', namespace: '', name: 'node-1' };
const SHOP = { group: '', kind: 'Namespace', namespace: '', name: 'shop' };

const about = (subject = WEB, marks: SubjectMarks = UNMARKED, namespaceLabels = {}): SuppressedSubject => ({
  subject,
  marks,
  namespaceLabels,
});

const finding = (more: { check?: string; container?: string } = {}): Parameters<Suppressing['suppressorOf']>[0] => ({
  id: '0123456789abcdef',
  check: 'host-network',
  severity: 'High',
  ...more,
});

const ask = (
  exceptions: readonly Exception[],
  subject: SuppressedSubject = about(),
  policy: ExceptionPolicy = DEFAULT_POLICY,
): Suppressing => suppressing(subject, exceptions, { policy, isCheck: (id) => id === 'host-network' });

type Case = readonly [
  name: string,
  exception: object,
  subject: SuppressedSubject,
  finding: ReturnType<typeof finding>,
  isAccepted: boolean,
];

const labelled = about(WEB, { labels: { app: 'web' }, ignored: {} });
const CASES: readonly Case[] = [
  ['one of the namespace about the check', exception(), about(), finding(), true],
  ['one about another check', exception({ checks: ['host-pid'] }), about(), finding(), false],
  ['one about all checks', exception({ checks: ['*'] }), about(), finding(), true],
  ['one of another namespace', exception({}, { namespace: 'other' }), about(), finding(), false],
  ['one of a namespace, about a cluster-scoped subject', exception(), about(NODE), finding(), false],
  ['one of a namespace, about the Namespace itself', exception(), about(SHOP), finding(), true],
  ['one about this kind', exception({ match: { kinds: ['Deployment'] } }), about(), finding(), true],
  ['one about another kind', exception({ match: { kinds: ['DaemonSet'] } }), about(), finding(), false],
  ['one about a name with a star', exception({ match: { names: ['w*'] } }), about(), finding(), true],
  ['one about a name with a question mark', exception({ match: { names: ['we?'] } }), about(), finding(), true],
  ['one about another name', exception({ match: { names: ['api-*'] } }), about(), finding(), false],
  [
    'one about labels that it bears',
    exception({ match: { selector: { matchLabels: { app: 'web' } } } }),
    labelled,
    finding(),
    true,
  ],
  [
    'one about labels that it does not bear',
    exception({ match: { selector: { matchLabels: { app: 'web' } } } }),
    about(),
    finding(),
    false,
  ],
  [
    'one about this container',
    exception({ match: { containers: ['istio-*'] } }),
    about(),
    finding({ container: 'istio-proxy' }),
    true,
  ],
  [
    'one about another container',
    exception({ match: { containers: ['istio-*'] } }),
    about(),
    finding({ container: 'app' }),
    false,
  ],
  [
    'one about a container, and a finding about none',
    exception({ match: { containers: ['*'] } }),
    about(),
    finding(),
    false,
  ],
  ['one of the cluster', clusterException(), about(), finding(), true],
  ['one of the cluster, about a cluster-scoped subject', clusterException(), about(NODE), finding(), true],
  [
    'one of the cluster about namespaces with a label, in such a one',
    clusterException({ namespaceSelector: { matchLabels: { team: 'a' } } }),
    about(WEB, UNMARKED, { team: 'a' }),
    finding(),
    true,
  ],
  [
    'one of the cluster about namespaces with a label, in another',
    clusterException({ namespaceSelector: { matchLabels: { team: 'a' } } }),
    about(WEB, UNMARKED, { team: 'b' }),
    finding(),
    false,
  ],
  [
    'one of the cluster about namespaces, and a cluster-scoped subject',
    clusterException({ namespaceSelector: {} }),
    about(NODE),
    finding(),
    false,
  ],
];

describe('accepting a finding by an exception', () => {
  for (const [name, object, subject, asked, isAccepted] of CASES) {
    it(`${isAccepted ? 'accepts it by' : 'does not accept it by'} ${name}`, () => {
      const answer = ask([readException(object)], subject).suppressorOf(asked);
      assert.equal(answer !== undefined, isAccepted);
    });
  }

  it('says by which exception, and why', () => {
    assert.deepEqual(ask([readException(exception())]).suppressorOf(finding()), {
      kind: 'SecurityException',
      name: 'accepted',
      reason: 'it is needed for now',
    });
  });

  it('shows the exception that ends last, and counts all that match', () => {
    const early = readException(exception({ expirationTime: '2027-01-01T00:00:00Z' }, { name: 'early' }));
    const late = readException(clusterException({ expirationTime: '2028-01-01T00:00:00Z' }, { name: 'late' }));
    const asked = ask([early, late]);
    assert.equal(asked.suppressorOf(finding())?.name, 'late');
    assert.deepEqual([asked.matched.get(early), asked.matched.get(late)], [1, 1]);
  });

  it('takes one without an end for the last, and the first by name of two that are equal', () => {
    const of = (name: string): Exception => readException(exception({ expirationTime: undefined }, { name }));
    const early = readException(exception({}, { name: 'a' }));
    assert.equal(ask([of('c'), early, of('b')]).suppressorOf(finding())?.name, 'b');
  });
});

describe('accepting a finding by an annotation', () => {
  const annotated = (reason: string, check = 'host-network'): SuppressedSubject =>
    about(WEB, { labels: {}, ignored: { [check]: reason } });
  const allowing = { ...DEFAULT_POLICY, allowsAnnotation: () => true };

  it('counts where the profile allows it', () => {
    const asked = ask([], annotated('agreed with security'), allowing);
    assert.deepEqual(asked.suppressorOf(finding()), {
      kind: 'Annotation',
      name: 'plimsoll.dev/ignore.host-network',
      reason: 'agreed with security',
    });
    assert.deepEqual(asked.ineffective(), []);
  });

  const INEFFECTIVE: readonly (readonly [string, SuppressedSubject, ExceptionPolicy, RegExp])[] = [
    ['is told of where the profile does not allow it', annotated('why'), DEFAULT_POLICY, /does not let annotations/],
    ['is told of if it gives no reason', annotated(' '), allowing, /gives no reason/],
    [
      'is told of for a check that is protected',
      annotated('why'),
      { ...allowing, isProtected: () => true },
      /does not let/,
    ],
    ['is told of if there is no such check', annotated('why', 'host-netwrok'), allowing, /no check of this name/],
  ];
  for (const [name, subject, policy, message] of INEFFECTIVE) {
    it(name, () => {
      const asked = ask([], subject, policy);
      assert.equal(asked.suppressorOf(finding()), undefined);
      const [told] = asked.ineffective();
      assert.match(told?.message ?? '', message);
    });
  }

  it('is not told of while there is no finding that it could accept', () => {
    assert.deepEqual(ask([], annotated('why')).ineffective(), []);
  });
});
