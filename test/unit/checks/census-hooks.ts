import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Context, RootHookObject, Suite } from 'mocha';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import type { Outcome } from '../../../src/checks/check.ts';
import { createCensus } from './census.ts';

/*
 * Mocha loads this before any test (.mocharc.json): it sees what each check answers, whoever asks, and ends the run in an error
 * if a check has no case for an answer that it can give. A case is a test below a `describe` that is called like the check, as
 * `verdicts` makes them; inputs that fast-check draws are none, as nobody can read them.
 */
const census = createCensus();
/** The titles of the suites around the running test. */
let around: ReadonlySet<string> = new Set();
let isDrawn = false;

fc.configureGlobal({
  beforeEach: () => void (isDrawn = true),
  afterEach: () => void (isDrawn = false),
});

for (const check of CATALOGUE) {
  // The compiler cannot see that input and function belong to one target.
  const evaluate = check.evaluate as (input: unknown) => Outcome;
  const observed = (input: unknown): Outcome => {
    const outcome = evaluate(input);
    census.note(check.id, outcome, !isDrawn && around.has(check.id));
    return outcome;
  };
  Object.assign(check, { evaluate: observed });
}

/** Of a part of the tests nothing follows: of those that `--grep` picks, or that run before `--bail`. */
function isComplete(root: Suite | undefined): boolean {
  let hasRun = true;
  root?.eachTest((test) => {
    hasRun &&= test.state !== undefined || test.isPending();
  });
  return hasRun;
}

export const mochaHooks: RootHookObject = {
  beforeEach(this: Context) {
    around = new Set(this.currentTest?.titlePath().slice(0, -1));
  },
  afterEach() {
    around = new Set();
  },
  afterAll(this: Context) {
    const complaints = isComplete(this.test?.parent) ? census.complaints(CATALOGUE) : [];
    if (complaints.length > 0) assert.fail(complaints.join('\n'));
  },
};
