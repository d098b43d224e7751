import assert from 'node:assert/strict';
import { writesIn } from '../../bench/api-server-writes.ts';
import { ownCounts } from '../../bench/operator-process.ts';
import { brokenPromises } from '../../bench/operator-run.ts';
import { readOptions } from '../../bench/options.ts';
import { alignedTable, median } from '../../bench/summary.ts';

describe('The figures of a bench', () => {
  it('come from a cluster like most, unless it is said otherwise', () => {
    const { workloads, namespaces } = readOptions(['--pods', '10000']);
    assert.deepEqual({ workloads, namespaces }, { workloads: 2500, namespaces: 200 });
    assert.equal(readOptions(['--pods', '1']).namespaces, 1);
    assert.deepEqual(readOptions(['--runs', '3', '--', '--concurrency=16']).operatorArgs, ['--concurrency=16']);
  });

  it('are medians', () => {
    assert.equal(median([5]), 5);
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([10, 1, 2, 4]), 3);
  });

  it('stand in columns', () => {
    assert.equal(
      alignedTable([
        ['', 'measured', 'target'],
        ['CPU', '7.07 s', '< 12 s'],
        ['reports', '2,929', ''],
      ]),
      '         measured  target\nCPU        7.07 s  < 12 s\nreports     2,929\n',
    );
  });

  it('count only what was written in between', () => {
    assert.deepEqual(writesIn({ pods: 5, events: 2 }, { pods: 5, events: 3, nodes: 1 }), { events: 1, nodes: 1 });
  });

  it('keep the renewals of the Lease apart from all other writes of the operator', () => {
    const text = `plimsoll_report_writes_total{result="created"} 4
plimsoll_report_writes_total{result="unchanged"} 9
rest_client_requests_total{code="200",method="GET",host="h"} 100
rest_client_requests_total{code="200",method="PUT",host="h"} 7
rest_client_requests_total{code="201",method="PATCH",host="h"} 4
rest_client_requests_total{code="429",method="PATCH",host="h"} 1
rest_client_requests_total{code="201",method="POST",host="h"} 1
`;
    assert.deepEqual(ownCounts({ text, bytes: text.length, seconds: 0 }), {
      reportWrites: { created: 4, unchanged: 9 },
      leaseRenewals: 7,
      otherWrites: 6,
    });
  });

  it('tell of each write that should not have been', () => {
    const none = {
      reportWrites: { created: 0, updated: 0, deleted: 0, unchanged: 5 },
      leaseRenewals: 3,
      otherWrites: 0,
    };
    const ready = { seconds: 1, cpuSeconds: 1, rssBytes: 1, peakRssBytes: 1 };
    const idle = { seconds: 60, cpuSeconds: 0, own: none, apiServer: { 'leases.coordination.k8s.io': 3 } };
    const restart = { ready, own: { ...none, otherWrites: 1 }, apiServer: {} };
    assert.deepEqual(brokenPromises({ idle, restart }), []);

    const updated = { ...none, reportWrites: { ...none.reportWrites, updated: 2 } };
    assert.deepEqual(
      brokenPromises({
        idle: { ...idle, own: { ...none, otherWrites: 4 }, apiServer: { 'securityreports.plimsoll.dev': 3 } },
        restart: { ...restart, own: updated, apiServer: { 'clustersecurityreports.plimsoll.dev': 1 } },
      }),
      [
        'the API server counted 3 writes during the idle 60 s',
        'the operator counted 4 writes during the idle 60 s',
        'the API server counted 1 writes during the restart',
        'the operator counted 2 writes during the restart',
      ],
    );
  });
});
