import { parseArgs } from 'node:util';
import { startControlPlane } from '../../cluster/control-plane.ts';
import { textProgress } from '../../cluster/progress.ts';
import { podSecurityAdmission } from './admission.ts';
import { LANES, comparePodSecurity, emptyTally, randomSeed, summaryOf } from './oracle.ts';

/**
 * `node test/oracle/pod-security/fuzz.ts [--cases N | --seconds S] [--seed X]`: compare with the API server for as long
 * as is asked for, without end if nothing is. On a disagreement it ends with the smallest pod that shows it.
 */
const { values } = parseArgs({
  options: { cases: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' } },
});
const cases = Number(values.cases ?? Infinity);
const seconds = Number(values.seconds ?? Infinity);
const seed = Number(values.seed ?? randomSeed());

const CASES_PER_ROUND = 4000;

const controlPlane = await startControlPlane({ env: process.env, progress: textProgress({ stream: process.stderr }) });
const tally = emptyTally();
const startMs = performance.now();
try {
  const admission = await podSecurityAdmission(controlPlane.kubeconfig);
  process.stderr.write(`seed ${seed}\n`);
  for (let round = 0; tally.judged < cases && performance.now() - startMs < seconds * 1000; round += 1) {
    const left = Math.min(CASES_PER_ROUND, cases - tally.judged);
    await comparePodSecurity(admission, { cases: left, seed: seed + round * LANES, tally });
    process.stderr.write(`${tally.judged} pods agree\n`);
  }
  await admission.close();
} finally {
  process.stdout.write(summaryOf(tally, { seed, durationMs: performance.now() - startMs }));
  await controlPlane.stop();
}
