import assert from 'node:assert/strict';
import { EXCEPTION_LIMITS, type SecurityException } from '../../src/crds/index.ts';
import { eventually } from '../cluster/shared.ts';
import { useInstalled } from '../support/installed.ts';
import type { Json } from '../support/objects.ts';
import { itDecidesOn, type Offer } from '../support/refusals.ts';
import {
  clusterSecurityException as forCluster,
  EXCEPTION_SPEC,
  securityException as exception,
} from '../support/written-objects.ts';

const { maxItems, maxLength } = EXCEPTION_LIMITS;
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `check-${index}`);
const matching = (match: Json): Json => exception({ match });
const without = (field: string): Json => {
  const { [field]: _, ...spec } = EXCEPTION_SPEC;
  return { ...exception(), spec };
};

const OFFERS: readonly Offer[] = [
  ['an exception without a match', exception()],
  ['one without an end, which the profile decides about', without('expirationTime')],
  ['an end in another time zone', exception({ expirationTime: '2027-06-30T00:00:00.5+02:00' })],
  ['the star for all checks', exception({ checks: ['*'] })],
  ['as many checks as there may be', exception({ checks: numbered(maxItems['spec.checks']) })],
  ['names of RBAC, and globs', matching({ names: ['system:*', 'log-agent-?', 'alice@shop.example'] })],
  ['labels with a prefix', matching({ selector: { matchLabels: { 'shop.example/tier': '' } } })],
  ['an empty selector of namespaces', forCluster({ namespaceSelector: {} })],

  ['one without checks', without('checks'), /spec\.checks: Required value/],
  ['one without a reason', without('reason'), /spec\.reason: Required value/],
  ['one without a spec', { ...exception(), spec: undefined }, /spec: Required value/],
  ['an empty list of checks', exception({ checks: [] }), /spec\.checks.*at least 1 items/],
  ['too many checks', exception({ checks: numbered(maxItems['spec.checks'] + 1) }), /spec\.checks: Too many: 101/],
  ['a check that is named twice', exception({ checks: ['a', 'a'] }), /spec\.checks\[1\]: Duplicate value: "a"/],
  ['a check beside the star', exception({ checks: ['*', 'a'] }), /\* stands for all checks: name no others beside it/],
  ['a glob of checks', exception({ checks: ['host-*'] }), /spec\.checks\[0\]: Invalid value: "host-\*"/],
  ['a reason that says nothing', exception({ reason: 'accepted' }), /spec\.reason.*at least 10 chars/],
  ['a reason of blanks', exception({ reason: ' '.repeat(20) }), /spec\.reason.*should match/],
  [
    'a reason that fits into no report',
    exception({ reason: 'x'.repeat(maxLength['spec.reason'] + 1) }),
    /spec\.reason: Too long/,
  ],
  ['a day for a time', exception({ expirationTime: '2027-06-30' }), /spec\.expirationTime.*must be of type date-time/],
  ['an unknown field', exception({ expires: 'never' }), /unknown field "spec\.expires"/],
  ['a match of nothing', matching({}), /spec\.match.*at least 1 properties/],
  ['a kind in small letters', matching({ kinds: ['deployment'] }), /spec\.match\.kinds\[0\]: Invalid value/],
  ['a resource for a kind', matching({ kinds: ['apps/v1'] }), /spec\.match\.kinds\[0\]: Invalid value/],
  ['braces in a glob', matching({ names: ['web-{a,b}'] }), /spec\.match\.names\[0\]: Invalid value: "web-\{a,b\}"/],
  ['a negated glob', matching({ names: ['!web'] }), /spec\.match\.names\[0\]: Invalid value: "!web"/],
  ['a container with a colon', matching({ containers: ['a:b'] }), /spec\.match\.containers\[0\]: Invalid value/],
  [
    'a key that no label has',
    matching({ selector: { matchLabels: { '-tier': 'web' } } }),
    /matchLabels.*each key must be that of a label/,
  ],
  [
    'a value that no label has',
    matching({ selector: { matchLabels: { tier: 'a web' } } }),
    /spec\.match\.selector\.matchLabels\.tier: Invalid value: "a web"/,
  ],
  [
    'In without values',
    forCluster({ namespaceSelector: { matchExpressions: [{ key: 'tier', operator: 'In' }] } }),
    /matchExpressions\[0\]\.values.*In and NotIn need values/,
  ],
  [
    'Exists with values',
    forCluster({ namespaceSelector: { matchExpressions: [{ key: 'tier', operator: 'Exists', values: ['a'] }] } }),
    /Exists and DoesNotExist have none/,
  ],
  [
    'an operator that is none',
    forCluster({ namespaceSelector: { matchExpressions: [{ key: 'tier', operator: 'Is' }] } }),
    /matchExpressions\[0\]\.operator: Unsupported value: "Is"/,
  ],
  [
    'a selector of namespaces for one namespace',
    exception({ namespaceSelector: {} }),
    /unknown field "spec\.namespaceSelector"/,
  ],
];

describe('the API of exceptions', () => {
  const cluster = useInstalled();
  const { kubectl } = cluster;
  let namespace = '';

  const condition = (type: string, status: string, reason: string): Json => ({
    type,
    status,
    reason,
    message: '',
    lastTransitionTime: '2026-12-01T00:00:00Z',
  });
  const read = async (): Promise<SecurityException & { readonly metadata: { readonly generation: number } }> =>
    JSON.parse(
      await kubectl(['get', 'secex', 'routes-traffic', `--namespace=${namespace}`, '--output=json']),
    ) as Awaited<ReturnType<typeof read>>;
  const patch = async (body: Json, ...args: readonly string[]): Promise<string> =>
    kubectl([
      'patch',
      'secex',
      'routes-traffic',
      `--namespace=${namespace}`,
      '--type=merge',
      `--patch=${JSON.stringify(body)}`,
      ...args,
    ]);

  before(async () => {
    namespace = await cluster.namespace('exceptions');
    const stated = { ...exception({ owner: 'team-network' }, namespace), status: { matchedFindings: 7 } };
    await cluster.apply([stated], namespace);
  });

  itDecidesOn(kubectl, OFFERS);

  it('keeps who writes the spec from writing the status, and the other way round', async () => {
    assert.equal((await read()).status, undefined);
    const { generation } = (await read()).metadata;
    await patch({ status: { matchedFindings: 2 }, spec: { owner: 'nobody' } }, '--subresource=status');
    const { spec, status, metadata } = await read();
    assert.deepEqual([status?.matchedFindings, spec.owner], [2, 'team-network']);
    assert.equal(metadata.generation, generation);
  });

  it('has one condition of each type', async () => {
    const twice = [condition('Active', 'True', 'Active'), condition('Active', 'False', 'Expired')];
    await assert.rejects(
      patch({ status: { conditions: twice } }, '--subresource=status'),
      /status\.conditions\[1\]: Duplicate value: .*\{"type":"Active"\}/,
    );
  });

  it('shows the state, who answers for it, and until when; and what it is about when asked for more', async () => {
    const conditions = [condition('Active', 'False', 'Expired'), condition('Expired', 'True', 'Expired')];
    await patch({ status: { conditions, matchedFindings: 0 } }, '--subresource=status');
    const list = async (...args: readonly string[]): Promise<readonly string[]> =>
      (await kubectl(['get', 'secex', `--namespace=${namespace}`, ...args])).trim().split('\n');
    const [head = '', row = ''] = await list();
    assert.deepEqual(head.split(/ +/), ['NAME', 'STATE', 'MATCHED', 'OWNER', 'EXPIRES', 'AGE']);
    assert.match(row, /^routes-traffic +Expired +0 +team-network +2027-06-30T00:00:00Z +\d+s$/);
    const [wideHead = '', wide = ''] = await list('--output=wide');
    assert.match(wideHead, /AGE +CHECKS +TICKET +REASON$/);
    assert.match(wide, / \["host-network"\] +It routes the traffic of its node$/);
  });

  it('is found by its category', async () => {
    const names = await kubectl(['get', 'plimsoll', `--namespace=${namespace}`, '--output=name']);
    assert.match(names, /securityexception\.plimsoll\.dev\/routes-traffic/);
  });

  it('explains itself', async () => {
    const reason = await eventually('the kind is explained', async () => kubectl(['explain', 'secex.spec.reason']));
    assert.match(reason, /Why this is accepted/);
    const selector = await kubectl(['explain', 'csecex.spec.namespaceSelector']);
    assert.match(selector, /If absent, the subjects of all namespaces and the\s+cluster-scoped ones/);
  });

  it('lets viewers of a namespace read exceptions, and its admins write none until they get that role too', async function () {
    if (!cluster.controlPlane().hasControllerManager) this.skip();
    const user = `admin-of-${namespace}`;
    const bind = async (role: string): Promise<string> =>
      kubectl(['create', 'rolebinding', role, `--clusterrole=${role}`, `--user=${user}`, `--namespace=${namespace}`]);
    const edit = async (): Promise<string> => patch({ spec: { ticket: 'NET-1' } }, `--as=${user}`);
    await bind('admin');
    await eventually('the viewing role is aggregated', async () =>
      kubectl(['get', 'secex', `--namespace=${namespace}`, `--as=${user}`]),
    );
    await assert.rejects(edit, /forbidden/);
    await assert.rejects(kubectl(['get', 'csecex', `--as=${user}`]), /forbidden/);
    await bind('plimsoll-securityexception-editor');
    await eventually('the role is bound', edit);
    await assert.rejects(
      patch({ status: { matchedFindings: 0 } }, `--as=${user}`, '--subresource=status'),
      /forbidden/,
    );
  });
});
