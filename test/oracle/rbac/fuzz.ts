import { parseArgs } from 'node:util';
import { startControlPlane } from '../../cluster/control-plane.ts';
import { textProgress } from '../../cluster/progress.ts';
import { randomSeed } from '../pod-security/oracle.ts';
import { rbacAuthorizer } from './authorizer.ts';
import { compareRbac, LANES, REVIEWS_PER_WORLD } from './oracle.ts';
import { emptyTally, summaryOf } from './tally.ts';

/**
 * `node test/oracle/rbac/fuzz.ts [--reviews N | --seconds S] [--seed X]`: compare with the API server for as long as is asked
 * for, without end if nothing is. On a disagreement it ends with the smallest request that shows it.
 */
const { values } = parseArgs({
  options: { reviews: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' } },
});
const reviews = Number(values.reviews ?? Infinity);
const seconds = Number(values.seconds ?? Infinity);
const seed = Number(values.seed ?? randomSeed());

const WORLDS_PER_ROUND = 10;

const controlPlane = await startControlPlane({ env: process.env, progress: textProgress({ stream: process.stderr }) });
const tally = emptyTally();
const startMs = performance.now();
try {
  const authorizer = await rbacAuthorizer(controlPlane.kubeconfig);
  process.stderr.write(`seed ${seed}\n`);
  for (let round = 0; tally.reviews < reviews && performance.now() - startMs < seconds * 1000; round += 1) {
    const left = Math.min(WORLDS_PER_ROUND * REVIEWS_PER_WORLD, reviews - tally.reviews);
    await compareRbac(authorizer, { reviews: left, seed: seed + round * WORLDS_PER_ROUND * LANES, tally });
    process.stderr.write(`${tally.reviews} answers agree\n`);
  }
  await authorizer.close();
} finally {
  process.stdout.write(summaryOf(tally, { seed, durationMs: performance.now() - startMs }));
  await controlPlane.stop();
}
