import assert from 'node:assert/strict';
import type { Judgement } from '../../../src/checks/judge.ts';
import { createSharing } from '../../../src/checks/share.ts';

const judgement = (message: string, skipped: readonly string[] = []): Judgement => ({
  findings: [{ check: 'host-network', severity: 'High', message, container: 'app' }],
  undecided: [],
  skipped,
});

describe('sharing judgements', () => {
  it('gives equal judgements one object, and changes nothing of what they say', () => {
    const share = createSharing();
    const shared = share(judgement('a'));
    assert.deepEqual(shared, judgement('a'));
    assert.equal(share(judgement('a')), shared);
  });

  it('shares findings between judgements that differ in something else', () => {
    const share = createSharing();
    assert.equal(share(judgement('a')).findings[0], share(judgement('a', ['host-pid'])).findings[0]);
  });

  it('keeps apart what differs', () => {
    const share = createSharing();
    assert.deepEqual(share(judgement('a')), judgement('a'));
    assert.deepEqual(share(judgement('b')), judgement('b'));
  });
});
