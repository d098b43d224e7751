import assert from 'node:assert/strict';
import { PASS } from '../../../src/checks/check.ts';
import { unlessMalformed } from '../../../src/checks/fields.ts';
import { MalformedField } from '../../../src/inventory/json-shape.ts';

describe('an answer that rests on fields', () => {
  it('is undecided where one is malformed, which it names', () => {
    const outcome = unlessMalformed(() => {
      throw new MalformedField('spec.x', 'a string');
    });
    assert.deepEqual(outcome, { reason: 'Malformed', message: 'spec.x is not a string' });
  });

  it('is itself otherwise, and a defect of ours stays one', () => {
    assert.equal(
      unlessMalformed(() => PASS),
      PASS,
    );
    const defect = new RangeError('ours');
    assert.throws(
      () =>
        unlessMalformed(() => {
          throw defect;
        }),
      defect,
    );
  });
});
