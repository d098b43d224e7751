import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Answer, Job, WorkerStart } from '../../src/checks/custom/worker/protocol.ts';
import { progressIn } from '../../src/checks/custom/worker/protocol.ts';

const BUILT = new URL('../../dist/custom-checks-worker.js', import.meta.url);

describe('the thread for custom checks, as it is built', () => {
  it('judges by expressions that use all that the bundle must hold', async () => {
    const workerData: WorkerStart = {
      checks: [
        {
          name: 'tagged',
          severity: 'High',
          title: 'An image has no version',
          match: { kinds: [{ kind: 'Workload' }] },
          variables: [{ name: 'images', expression: 'podSpec.containers.map(c, c.image)' }],
          expression: "variables.images.all(i, i.matches('(?i):v?[0-9]'))",
          messageExpression: "variables.images.join(' ')",
        },
      ],
      params: null,
      disabled: new Map(),
      progress: progressIn().buffer,
    };
    const worker = new Worker(BUILT, { workerData, env: {}, execArgv: [] });
    try {
      assert.deepEqual(await once(worker, 'message'), [{ type: 'ready' } satisfies Answer]);
      const object = {
        apiVersion: 'v1',
        kind: 'Pod',
        spec: { containers: [{ image: 'a:V1' }, { image: 'b:latest' }] },
      };
      const answer = once(worker, 'message');
      worker.postMessage({ type: 'judge', objectJson: JSON.stringify(object) } satisfies Job);
      const finding = { check: 'custom-tagged', severity: 'High', message: 'a:V1 b:latest' } as const;
      assert.deepEqual(await answer, [
        { type: 'judged', judgement: { findings: [finding], undecided: [], skipped: [] } } satisfies Answer,
      ]);
    } finally {
      await worker.terminate();
    }
  });
});
