import assert from 'node:assert/strict';
import { MalformedField } from '../../../../src/inventory/json-shape.ts';
import { readException } from '../../../../src/reports/exceptions/exception.ts';
import { DEFAULT_POLICY, standingOf, type ExceptionPolicy } from '../../../../src/reports/exceptions/policy.ts';
import { exception } from '../../../support/exceptions.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z') / 1000;
const DAYS = 24 * 60 * 60;

type Case = readonly [name: string, spec: object, policy: Partial<ExceptionPolicy>, state: string, reason: string];
const CASES: readonly Case[] = [
  ['one whose end is to come', {}, {}, 'Active', 'Active'],
  ['one whose end is past', { expirationTime: '2026-05-31T23:59:59Z' }, {}, 'Expired', 'Expired'],
  ['one that ends now', { expirationTime: '2026-06-01T00:00:00Z' }, {}, 'Expired', 'Expired'],
  ['one without an end', { expirationTime: undefined }, {}, 'Denied', 'NoExpiration'],
  [
    'one without an end where none is asked for',
    { expirationTime: undefined },
    { requiresExpiration: false },
    'Active',
    'Active',
  ],
  [
    'one without an end where there is a longest time',
    { expirationTime: undefined },
    { requiresExpiration: false, maxLifetimeSeconds: DAYS },
    'Denied',
    'NoExpiration',
  ],
  ['one that lasts too long from its creation', {}, { maxLifetimeSeconds: 333 * DAYS }, 'Denied', 'TooLong'],
  ['one that lasts just as long as it may', {}, { maxLifetimeSeconds: 334 * DAYS }, 'Active', 'Active'],
  ['one about all checks', { checks: ['*'] }, {}, 'Denied', 'AllChecks'],
  ['one about all checks where that is allowed', { checks: ['*'] }, { allowsAllChecks: true }, 'Active', 'Active'],
  [
    'one about a protected check',
    {},
    { isProtected: (check) => check === 'host-network' },
    'Denied',
    'ProtectedChecks',
  ],
  [
    'one that is not allowed and has ended',
    { checks: ['*'], expirationTime: '2026-05-01T00:00:00Z' },
    {},
    'Denied',
    'AllChecks',
  ],
];

describe('what an exception is worth', () => {
  for (const [name, spec, policy, state, reason] of CASES) {
    it(`is ${state} for ${name}`, () => {
      const standing = standingOf(readException(exception({ ...spec })), { ...DEFAULT_POLICY, ...policy }, NOW);
      assert.deepEqual([standing.state, standing.reason], [state, reason]);
      assert.notEqual(standing.message, '');
    });
  }

  it('counts the time of one in a file from now', () => {
    const object = exception({}, { creationTimestamp: undefined });
    const standing = standingOf(readException(object), { ...DEFAULT_POLICY, maxLifetimeSeconds: 100 * DAYS }, NOW);
    assert.equal(standing.state, 'Denied');
  });
});

const MALFORMED: readonly (readonly [name: string, spec: object, message: RegExp])[] = [
  ['no check', { checks: [] }, /spec\.checks is not a list of at least one check/],
  ['checks that are no list', { checks: 'host-network' }, /spec\.checks is not a list/],
  ['an empty reason', { reason: ' ' }, /spec\.reason is not a text that says why/],
  ['no reason', { reason: undefined }, /spec\.reason is not a string/],
  ['an end that is no time', { expirationTime: 'next week' }, /spec\.expirationTime is not a time such as/],
  ['an end that is a number', { expirationTime: 5 }, /spec\.expirationTime is not a string/],
  ['a match that is no object', { match: [] }, /spec\.match is not an object/],
  [
    'an unknown operator',
    { match: { selector: { matchExpressions: [{ key: 'a', operator: 'Like' }] } } },
    /operator is not one of/,
  ],
];

describe('reading an exception', () => {
  for (const [name, spec, message] of MALFORMED) {
    it(`says where it is wrong: ${name}`, () => {
      assert.throws(
        () => readException(exception({ ...spec })),
        (error) => error instanceof MalformedField && message.test(error.message),
      );
    });
  }

  it('takes brackets and braces of a glob for what they are', () => {
    const { matchesName } = readException(exception({ match: { names: ['system:*', 'a[b]'] } }));
    assert.deepEqual(['system:node', 'a[b]', 'ab', 'system'].map(matchesName), [true, true, false, false]);
  });
});
