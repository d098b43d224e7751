import assert from 'node:assert/strict';
import { useCluster } from '../cluster/shared.ts';
import { randomSeed } from '../oracle/pod-security/oracle.ts';
import { rbacAuthorizer } from '../oracle/rbac/authorizer.ts';
import { compareRbac } from '../oracle/rbac/oracle.ts';
import { emptyTally, gapsIn, summaryOf } from '../oracle/rbac/tally.ts';

const REVIEWS = 20_000;

describe('RBAC', () => {
  const cluster = useCluster();

  it(`allows what the API server allows, in ${REVIEWS} requests`, async function compare() {
    this.timeout(240_000);
    const authorizer = await rbacAuthorizer(cluster.controlPlane().kubeconfig);
    const seed = Number(process.env['PLIMSOLL_SEED'] ?? randomSeed());
    const tally = emptyTally();
    const startMs = performance.now();
    try {
      await compareRbac(authorizer, { reviews: REVIEWS, seed, tally });
      assert.deepEqual(gapsIn(tally), []);
    } finally {
      process.stdout.write(summaryOf(tally, { seed, durationMs: performance.now() - startMs }));
      await authorizer.close();
    }
  });
});
