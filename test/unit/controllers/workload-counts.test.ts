import assert from 'node:assert/strict';
import { createWorkloadCounts, type WorkloadCounts } from '../../../src/controllers/workload-counts.ts';
import { CLUSTER_KEY, subjectKey, type SubjectKey } from '../../../src/inventory/subject-key.ts';
import { record } from '../../support/reports.ts';

const deployment = (name: string): SubjectKey => subjectKey('apps', 'Deployment', 'shop', name);
const POD = subjectKey('', 'Pod', 'shop', 'debug');
const ROLLOUT = subjectKey('argoproj.io', 'Rollout', 'shop', 'web');
const OTHERS = [subjectKey('', 'ServiceAccount', 'shop', 'default'), subjectKey('', 'Node', '', 'n'), CLUSTER_KEY];

interface Bench extends WorkloadCounts {
  readonly there: Set<SubjectKey>;
  readonly failing: Set<SubjectKey>;
}

function bench(): Bench {
  const [there, failing] = [new Set<SubjectKey>(), new Set<SubjectKey>()];
  return { there, failing, ...createWorkloadCounts({ isThere: (key) => there.has(key), failing: () => failing }) };
}

describe('The counts of workloads', () => {
  it('take those with a report for scanned, whatever owns their pods, and nothing that has none', () => {
    const { onRecordChange, states } = bench();
    for (const subject of [deployment('web'), POD, ROLLOUT, ...OTHERS]) {
      onRecordChange('', undefined, record({ subject }));
    }
    assert.deepEqual(states(), { scanned: 3, excluded: 0, failed: 0 });
    const web = record({ subject: deployment('web') });
    onRecordChange('', web, { ...web });
    assert.equal(states().scanned, 3);
    onRecordChange('', web, { ...web, isStored: false });
    onRecordChange('', record({ subject: POD }), undefined);
    assert.equal(states().scanned, 1);
  });

  it('count one that failed as failed only, though an older report of it is there', () => {
    const { onRecordChange, failing, states } = bench();
    for (const name of ['web', 'api']) onRecordChange('', undefined, record({ subject: deployment(name) }));
    for (const subject of [deployment('web'), deployment('new'), ...OTHERS]) failing.add(subject);
    assert.deepEqual(states(), { scanned: 1, excluded: 0, failed: 2 });
    failing.clear();
    assert.deepEqual(states(), { scanned: 2, excluded: 0, failed: 0 });
  });

  it('count those out of scope while they are there', () => {
    const { onExcluded, there, states } = bench();
    for (const subject of [deployment('web'), POD, ...OTHERS]) {
      there.add(subject);
      onExcluded(subject);
      onExcluded(subject);
    }
    onExcluded(deployment('gone-already'));
    assert.equal(states().excluded, 2);
    there.delete(POD);
    onExcluded(POD);
    assert.equal(states().excluded, 1);
  });

  it('gather what may have come or gone only up to a bound while nobody asks', () => {
    let asked = 0;
    const { onExcluded } = createWorkloadCounts({
      isThere: () => {
        asked += 1;
        return false;
      },
      failing: () => [],
    });
    for (let name = 0; name < 2500; name++) onExcluded(deployment(String(name)));
    assert.equal(asked, 2000);
  });
});
