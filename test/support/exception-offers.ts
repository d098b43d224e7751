import { EXCEPTION_LIMITS } from '../../src/crds/index.ts';
import type { Json } from './objects.ts';
import type { Offer } from './refusals.ts';
import {
  clusterSecurityException as forCluster,
  EXCEPTION_SPEC,
  securityException as exception,
} from './written-objects.ts';

const { maxItems, maxLength } = EXCEPTION_LIMITS;
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `check-${index}`);
const matching = (match: Json): Json => exception({ match });
const without = (field: string): Json => {
  const { [field]: _, ...spec } = EXCEPTION_SPEC;
  return { ...exception(), spec };
};

/** Exceptions that the API server takes, and others that it refuses. */
export const EXCEPTION_OFFERS: readonly Offer[] = [
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
