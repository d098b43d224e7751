import assert from 'node:assert/strict';
import { pastOf } from '../../../src/controllers/past.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { record } from '../../support/reports.ts';

const CREATED = new Map([
  ['known', 100],
  ['old', 100],
  ['young', 900],
]);
const inventory = {
  subjects: () => [
    ...Array.from(CREATED.keys(), (name) => subjectKey('', 'Namespace', '', name)),
    subjectKey('apps', 'Deployment', 'unseen', 'web'),
  ],
  get: (_kind: 'Namespace', _namespace: '', name: string) => ({ createdSeconds: CREATED.get(name) ?? 0 }),
};
const records = {
  get: (key: string) => (key === reportKey('known', 'namespace-known') ? record() : undefined),
};
const areNewcomers = (watchedUntil: Date | undefined): readonly string[] => {
  const { isNewcomer } = pastOf(inventory, records, watchedUntil);
  return ['known', 'old', 'young', 'unseen'].filter((each) =>
    isNewcomer(subjectKey('apps', 'Deployment', each, 'web')),
  );
};

describe('namespaces that come into scope', () => {
  it('are those without a report that were there while somebody kept watch', () => {
    assert.deepEqual(areNewcomers(new Date(500_000)), ['old']);
  });

  it('are none where nobody is known to have kept watch', () => assert.deepEqual(areNewcomers(undefined), []));

  it('hold their Namespace too, and no cluster-scoped subject', () => {
    const { isNewcomer } = pastOf(inventory, records, new Date(500_000));
    assert.equal(isNewcomer(subjectKey('', 'Namespace', '', 'old')), true);
    assert.equal(isNewcomer(subjectKey('', 'Node', '', 'old')), false);
  });
});
