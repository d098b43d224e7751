import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { PASS, SKIP } from '../../../src/checks/check.ts';
import type { CheckOf, Inputs, Outcome, PodInput, Target, Undecided, Violation } from '../../../src/checks/check.ts';
import type { UnknownReason } from '../../../src/crds/index.ts';
import { podView } from '../../../src/inventory/facts/pod-view.ts';
import { UNTOLD } from '../../support/parameters.ts';
import { toldOtherwise } from './told-otherwise.ts';

/** A path, or the fields of a violation that matter to the case. */
type Matcher = string | Partial<Violation>;

/** What a case expects: a pass, a skip, exactly the given violations in any order, or an undecided answer. */
export type Expected =
  typeof PASS | typeof SKIP | { readonly fails: readonly Matcher[] } | { readonly undecided: UnknownReason };

/** Exactly these violations and no others, in any order. */
export const fails = (...matchers: readonly Matcher[]): Expected => ({ fails: matchers });

/** No answer, for this reason. */
export const undecided = (reason: UnknownReason): Expected => ({ undecided: reason });

/** One test for each case: `host-network fails a pod on the network of its node`. */
export function verdicts<T extends Target>(
  check: CheckOf<T>,
  cases: readonly (readonly [name: string, input: Inputs[T], expected: Expected])[],
): void {
  describe(check.id, () => {
    for (const [name, input, expected] of cases) {
      it(`${verbOf(expected)} ${name}`, () => {
        const outcome = check.evaluate(input);
        assertOutcome(outcome, expected);
        for (const [parameter, other] of toldOtherwise(check, input))
          assert.deepEqual(check.evaluate(other), outcome, `it goes by ${parameter}, which its row does not name`);
      });
    }
  });
}

/** A container `app` with nothing but an image, and what is given. */
export const container = (more: Partial<V1Container> = {}): V1Container => ({
  name: 'app',
  image: 'registry.example/app:1.0',
  ...more,
});

/** A pod with one plain container `app`, and what is given; judged by the newest Pod Security version. */
export const pod = (
  spec: Partial<V1PodSpec> = {},
  annotations: Readonly<Record<string, string>> = {},
  podSecurityMinor = 37,
): PodInput => ({
  ...podView({ containers: [container()], ...spec }, annotations),
  podSecurityMinor,
  parameters: UNTOLD,
});

/** An object with fields that its type does not allow, as a file may hold them. */
export const malformed = <T extends object>(object: T, fields: object): T => Object.assign({}, object, fields);

function verbOf(expected: Expected): string {
  if (expected === PASS) return 'passes';
  if (expected === SKIP) return 'skips';
  return 'fails' in expected ? 'fails' : 'does not decide on';
}

function assertOutcome(outcome: Outcome, expected: Expected): void {
  if (typeof expected === 'string' || typeof outcome === 'string') {
    assert.deepEqual(outcome, expected);
  } else if ('undecided' in expected) {
    assert.equal(isViolations(outcome) ? outcome : outcome.reason, expected.undecided);
  } else {
    assert.ok(isViolations(outcome), `expected violations, got ${JSON.stringify(outcome)}`);
    assertViolations(outcome, expected.fails);
  }
}

function isViolations(outcome: readonly Violation[] | Undecided): outcome is readonly Violation[] {
  return Array.isArray(outcome);
}

function assertViolations(violations: readonly Violation[], matchers: readonly Matcher[]): void {
  const left = [...violations];
  const unmatched = matchers.filter((matcher) => {
    const index = left.findIndex((violation) => matches(violation, matcher));
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
  assert.deepEqual({ unexpected: left, missing: unmatched }, { unexpected: [], missing: [] });
}

/** Whether the violation stays as it is when the fields of the matcher are laid over it. */
function matches(violation: Violation, matcher: Matcher): boolean {
  const fields = typeof matcher === 'string' ? { path: matcher } : matcher;
  return isDeepStrictEqual({ ...violation, ...fields }, violation);
}
