import assert from 'node:assert/strict';
import { PASS } from '../../../../src/checks/check.ts';
import type { ClusterInput } from '../../../../src/checks/check.ts';
import { clusterVersionUnsupported } from '../../../../src/checks/cluster/cluster-version.ts';
import { AS_OF, HORIZON } from '../../../../src/checks/tables/kubernetes-releases.ts';
import { fails, undecided, verdicts } from '../verdicts.ts';

const server = (minor: number, today: string, major = 1): ClusterInput => ({
  server: { major, minor, today },
  inhabitedNamespaces: [],
});

verdicts(clusterVersionUnsupported, [
  ['the newest release', server(37, AS_OF), PASS],
  ['the newest release on its last day', server(37, HORIZON), PASS],
  ['a release on its last day', server(33, '2026-06-28'), PASS],
  [
    'a release on the day after',
    server(33, '2026-06-29'),
    fails({ path: 'version', message: 'the API server is Kubernetes 1.33, whose support ended on 2026-06-28' }),
  ],
  [
    'a release that is older than all in the table',
    server(19, AS_OF),
    fails({ message: 'the API server is Kubernetes 1.19, whose support ended before 2023-07-28' }),
  ],
  ['a release that came after the table', server(38, AS_OF), undecided('BeyondHorizon')],
  ['any release past the horizon of the table', server(37, '2027-10-29'), undecided('BeyondHorizon')],
  ['another major', server(0, AS_OF, 2), undecided('BeyondHorizon')],
]);

const isSupported = (minor: number, today: string): boolean =>
  clusterVersionUnsupported.evaluate(server(minor, today)) === PASS;
const minors = Array.from({ length: 40 }, (_, minor) => minor);

describe('The table of Kubernetes releases', () => {
  it('knows the oldest release with support on any day since 2023', () => {
    const days = ['2023-07-28', '2025-02-28', '2026-02-28', '2026-10-27', HORIZON];
    const oldest = days.map((today) => minors.find((minor) => isSupported(minor, today)));
    assert.deepEqual(oldest, [24, 29, 32, 34, 37]);
  });
});
