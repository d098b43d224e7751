import assert from 'node:assert/strict';
import { useCluster } from '../cluster/shared.ts';
import { podSecurityAdmission } from '../oracle/pod-security/admission.ts';
import { comparePodSecurity, emptyTally, gapsIn, randomSeed, summaryOf } from '../oracle/pod-security/oracle.ts';

const CASES = 20_000;

describe('Pod Security', () => {
  const cluster = useCluster();

  it(`names the controls that the API server names, for ${CASES} pods and templates, at every level and version`, async function compare() {
    this.timeout(10 * 60_000);
    const admission = await podSecurityAdmission(cluster.controlPlane().kubeconfig);
    const seed = Number(process.env['PLIMSOLL_SEED'] ?? randomSeed());
    const tally = emptyTally();
    const startMs = performance.now();
    try {
      await comparePodSecurity(admission, { cases: CASES, seed, tally });
      assert.deepEqual(gapsIn(tally, admission.newestMinor), []);
    } finally {
      process.stdout.write(summaryOf(tally, { seed, durationMs: performance.now() - startMs }));
      await admission.close();
    }
  });
});
