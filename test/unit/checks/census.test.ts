import assert from 'node:assert/strict';
import { PASS, SKIP, type Outcome } from '../../../src/checks/check.ts';
import { createCensus, type CountedCheck } from './census.ts';

const FAIL: Outcome = [{ message: 'bad' }];
const UNDECIDED: Outcome = { reason: 'Malformed', message: 'odd' };
const ALL: readonly Outcome[] = [PASS, FAIL, SKIP, UNDECIDED];

/** What is said of a check with cases of these answers, which beside them was seen to give others. */
function complaints(
  check: Omit<CountedCheck, 'id'>,
  cases: readonly Outcome[],
  others: readonly Outcome[] = [],
): unknown {
  const census = createCensus();
  for (const outcome of cases) census.note('a', outcome, true);
  for (const outcome of others) census.note('a', outcome, false);
  return census.complaints([{ id: 'a', ...check }]);
}

describe('The census of cases', () => {
  it('is content with a case for each answer that the row allows', () => {
    assert.deepEqual(complaints({}, [PASS, FAIL]), []);
    assert.deepEqual(complaints({ maySkip: true, mayBeUndecided: true }, ALL), []);
  });

  it('names each answer that has no case, however often it was seen elsewhere', () => {
    assert.deepEqual(complaints({ maySkip: true, mayBeUndecided: true }, [], ALL), [
      'no case shows that a fails',
      'no case shows that a passes',
      'no case shows that a skips',
      'no case shows that a is undecided',
    ]);
  });

  it('names a check of which nothing was seen at all', () => {
    assert.deepEqual(complaints({}, []), ['no case shows that a fails', 'no case shows that a passes']);
  });

  it('names each answer that the row does not allow, wherever it was seen', () => {
    assert.deepEqual(complaints({ maySkip: false }, [PASS, FAIL, SKIP], [UNDECIDED]), [
      'a skips, of which its row knows nothing',
      'a is undecided, of which its row knows nothing',
    ]);
  });
});
