import assert from 'node:assert/strict';
import { createJudgedSubjects } from '../../../src/controllers/judged.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const API = subjectKey('apps', 'Deployment', 'shop', 'api');

describe('What was judged', () => {
  it('is nothing at first', () => {
    assert.equal(createJudgedSubjects().hasJudged('host-pid'), false);
  });

  it('is what decided on a subject, until the last such subject is gone', () => {
    const { note, hasJudged } = createJudgedSubjects();
    note(WEB, ['host-pid', 'host-ipc']);
    note(API, ['host-pid', 'host-ipc']);
    note(WEB, undefined);
    assert.equal(hasJudged('host-pid'), true);
    assert.equal(hasJudged('host-network'), false);
    note(API, undefined);
    assert.equal(hasJudged('host-pid'), false);
  });

  it('is what decided on a subject at last, not what did before', () => {
    const { note, hasJudged } = createJudgedSubjects();
    note(WEB, ['host-pid']);
    note(WEB, ['host-ipc']);
    assert.equal(hasJudged('host-pid'), false);
    assert.equal(hasJudged('host-ipc'), true);
  });
});
