import assert from 'node:assert/strict';
import { finding, PASS, roleCheck, SKIP, type Check, type InFiles, type Outcome } from '../../../src/checks/check.ts';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import { MalformedField } from '../../../src/inventory/json-shape.ts';
import { selectionForFiles } from '../../../src/checks/in-files.ts';
import { selectionOf } from '../../../src/checks/selection.ts';
import { SERVER } from '../../support/server.ts';

const FAIL: Outcome = [finding('rules', 'is wrong')];
const ROLE = {
  role: { ref: { apiVersion: 'v1', kind: 'Role', name: 'a', uid: 'a' }, rules: [] },
  ownRules: [],
  isInUse: true,
  server: SERVER,
};

/** What a check that reads Nodes says in files, if it would say `outcome` in a cluster. */
function inFiles(
  outcome: () => Outcome,
  how: InFiles | undefined,
  isProvided: boolean,
  isNamespaceOpen = false,
  isComplete = false,
): Outcome {
  const check = roleCheck({
    id: 'a',
    severity: 'Low',
    title: 'a',
    why: 'a',
    fix: 'a',
    references: {},
    reads: ['Node'],
    ...(how && { inFiles: how }),
    maySkip: true,
    mayBeUndecided: true,
    evaluate: outcome,
  });
  const context = { isProvided: () => isProvided, isComplete, isNamespaceOpen: () => isNamespaceOpen };
  const [judged] = selectionForFiles(selectionOf([check]), context).of('role');
  return judged?.evaluate(ROLE) ?? SKIP;
}

const isNotProvided = (outcome: Outcome): boolean =>
  typeof outcome === 'object' && 'reason' in outcome && outcome.reason === 'NotProvided';

describe('a check of files', () => {
  it('does not know all, whichever it is, if its row hangs on more than the object', () => {
    const context = { isProvided: () => false, isComplete: false, isNamespaceOpen: () => true };
    const saying = (check: Check, outcome: Outcome): Outcome => {
      const [judged] = selectionForFiles(selectionOf([{ ...check, evaluate: () => outcome }]), context).checks;
      assert.ok(judged);
      return (judged.evaluate as () => Outcome)();
    };
    for (const check of CATALOGUE) {
      const { id, reads = [], inFiles: how } = check;
      const hangsOnMore = how === undefined ? reads.length > 0 : how !== 'defaults';
      assert.equal(
        ([PASS, FAIL] as const).some((outcome) => isNotProvided(saying(check, outcome))),
        hangsOnMore,
        id,
      );
    }
  });

  it('does not know what hangs on a kind that is not among them', () => {
    assert.ok(isNotProvided(inFiles(() => PASS, undefined, false)));
    assert.ok(isNotProvided(inFiles(() => FAIL, undefined, false)));
    assert.equal(
      inFiles(() => PASS, undefined, true),
      PASS,
    );
    assert.equal(
      inFiles(() => FAIL, undefined, true),
      FAIL,
    );
  });

  it('that does not apply still does not', () => {
    for (const how of [undefined, 'defaults', 'lower-bound', 'namespace', 'server'] as const) {
      assert.equal(
        inFiles(() => SKIP, how, false, true),
        SKIP,
      );
    }
  });

  it('may trust in the defaults of the API', () => {
    assert.equal(
      inFiles(() => PASS, 'defaults', false),
      PASS,
    );
    assert.equal(
      inFiles(() => FAIL, 'defaults', false),
      FAIL,
    );
  });

  it('may stand by what it finds, and not by what it does not find', () => {
    assert.equal(
      inFiles(() => FAIL, 'lower-bound', false),
      FAIL,
    );
    assert.ok(isNotProvided(inFiles(() => PASS, 'lower-bound', false)));
    assert.equal(
      inFiles(() => PASS, 'lower-bound', true),
      PASS,
    );
  });

  it('whose findings another file could take away knows them when the files are all there is', () => {
    assert.equal(
      inFiles(() => PASS, 'upper-bound', false),
      PASS,
    );
    assert.ok(isNotProvided(inFiles(() => FAIL, 'upper-bound', true)));
    assert.equal(
      inFiles(() => FAIL, 'upper-bound', true, false, true),
      FAIL,
    );
  });

  it('may hang on a namespace that is left open', () => {
    assert.ok(isNotProvided(inFiles(() => FAIL, 'namespace', true, true)));
    assert.equal(
      inFiles(() => FAIL, 'namespace', true, false),
      FAIL,
    );
  });

  it('never knows the API server', () => {
    assert.ok(isNotProvided(inFiles(() => PASS, 'server', true)));
  });

  it('names the field that is malformed', () => {
    const outcome = inFiles(
      () => {
        throw new MalformedField('spec.x', 'a string');
      },
      undefined,
      true,
    );
    assert.deepEqual(outcome, { reason: 'Malformed', message: 'spec.x is not a string' });
  });

  it('takes what it trips over for malformed, but a defect for a defect', () => {
    const trip = (): Outcome => (null as unknown as { a: Outcome }).a;
    const outcome = inFiles(trip, undefined, true);
    assert.equal(typeof outcome === 'object' && 'reason' in outcome && outcome.reason, 'Malformed');
    assert.throws(() =>
      inFiles(
        () => {
          throw new RangeError('ours');
        },
        undefined,
        true,
      ),
    );
  });
});
