import assert from 'node:assert/strict';
import { useCluster } from '../cluster/shared.ts';
import { podSecurityAdmission } from '../oracle/pod-security/admission.ts';
import type { Admission } from '../oracle/pod-security/admission.ts';
import { comparePodSecurity, emptyTally, gapsIn, randomSeed, summaryOf } from '../oracle/pod-security/oracle.ts';

const CASES = 6000;

describe('Pod Security', () => {
  const cluster = useCluster();
  let admission: Admission;

  before(async () => {
    admission = await podSecurityAdmission(cluster.controlPlane().kubeconfig);
  });
  after(() => admission.close());

  it(`names the controls that the API server names, for ${CASES} drawn pods at every level and policy version`, async () => {
    const seed = Number(process.env['PLIMSOLL_SEED'] ?? randomSeed());
    const tally = emptyTally();
    const startMs = performance.now();
    try {
      await comparePodSecurity(admission, { cases: CASES, seed, tally });
    } finally {
      process.stdout.write(summaryOf(tally, { seed, durationMs: performance.now() - startMs }));
    }
    assert.deepEqual(gapsIn(tally), []);
  });
});
