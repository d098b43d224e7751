import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { CONTROLS } from '../../../src/checks/pod-security/controls.ts';
import { controlsInForce } from '../../../src/checks/pod-security/evaluator.ts';
import { NEWEST_MINOR, violatedControls } from '../../../src/checks/pod-security/index.ts';
import type { ControlId } from '../../../src/checks/pod-security/index.ts';
import { podView } from '../../../src/inventory/facts/pod-view.ts';
import type { Admission } from './admission.ts';
import { MINORS, podCase } from './arbitrary-pod.ts';
import type { PodCase } from './arbitrary-pod.ts';

/** What was asked and answered, so that a run which tried too little is not taken for a proof. */
export interface Tally {
  /** Pods that the API server judged. */
  judged: number;
  /** Of these, those that it would take. */
  admitted: number;
  /** Pods that failed its validation, which comes before Pod Security: others were drawn in their place. */
  invalid: number;
  /** How often each control in force was violated and satisfied. */
  readonly controls: Map<ControlId, { violated: number; satisfied: number }>;
  /** The policies asked for, such as `restricted:v1.22`. */
  readonly policies: Set<string>;
}

/** A seed to draw by where none is given; whoever draws prints it, so that the same can be drawn again. */
export const randomSeed = (): number => randomInt(2 ** 31);

export const emptyTally = (): Tally => ({
  judged: 0,
  admitted: 0,
  invalid: 0,
  controls: new Map(),
  policies: new Set(),
});

/** How many questions are under way at a time; each lane draws by a seed of its own, `seed` and those after it. */
export const LANES = 16;

/**
 * Draw pods, and compare what Plimsoll says of them with what the API server says. Throws with the smallest pod that it
 * can find on which the two disagree; in the difference, `+` is Plimsoll and `-` the API server.
 */
export async function comparePodSecurity(
  admission: Admission,
  { cases, seed, tally }: { readonly cases: number; readonly seed: number; readonly tally: Tally },
): Promise<void> {
  const property = fc.asyncProperty(podCase, (pod) => agree(admission, pod, tally));
  const runs = Array.from({ length: LANES }, (_, lane) =>
    fc.assert(property, { seed: seed + lane, numRuns: Math.ceil(cases / LANES) }),
  );
  // All lanes come to their end, so that none asks on when the control plane is gone.
  const failed = (await Promise.allSettled(runs)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function agree(admission: Admission, pod: PodCase, tally: Tally): Promise<void> {
  const answer = await admission.ask(pod);
  if ('invalid' in answer) tally.invalid += 1;
  fc.pre('controls' in answer);
  // An older server judges versions that it does not know by its newest.
  const minor = admission.newestMinor < NEWEST_MINOR ? Math.min(pod.minor, admission.newestMinor) : pod.minor;
  count(tally, pod, answer.controls);
  const controls = violatedControls(podView(pod.spec, pod.annotations), pod.level, minor);
  assert.deepEqual({ controls }, { controls: answer.controls });
}

function count(tally: Tally, { level, minor }: PodCase, violated: readonly ControlId[]): void {
  tally.judged += 1;
  if (violated.length === 0) tally.admitted += 1;
  tally.policies.add(`${level}:v1.${minor}`);
  for (const { id } of controlsInForce(level, minor)) {
    const times = tally.controls.get(id) ?? { violated: 0, satisfied: 0 };
    times[violated.includes(id) ? 'violated' : 'satisfied'] += 1;
    tally.controls.set(id, times);
  }
}

/** What a run has left untried; it proves nothing while there is something. */
export function gapsIn({ judged, invalid, controls, policies }: Tally): readonly string[] {
  const unseen = CONTROLS.flatMap(({ id }) => {
    const { violated, satisfied } = controls.get(id) ?? { violated: 0, satisfied: 0 };
    return [
      ...(violated === 0 ? [`${id} was never violated`] : []),
      ...(satisfied === 0 ? [`${id} was never satisfied`] : []),
    ];
  });
  const unasked = MINORS.flatMap((minor) => [`baseline:v1.${minor}`, `restricted:v1.${minor}`])
    .filter((policy) => !policies.has(policy))
    .map((policy) => `${policy} was never asked for`);
  const share = judged / (judged + invalid);
  return [
    ...unseen,
    ...unasked,
    ...(share >= 0.8 ? [] : [`only ${Math.round(share * 100)} % of the pods were valid; at least 80 % should be`]),
  ];
}

/** A few lines for people: how much was tried, how fast, and how often each control went which way. */
export function summaryOf(
  tally: Tally,
  { seed, durationMs }: { readonly seed: number; readonly durationMs: number },
): string {
  const perSecond = Math.round((tally.judged / durationMs) * 1000);
  const controls = CONTROLS.map(({ id }) => {
    const { violated, satisfied } = tally.controls.get(id) ?? { violated: 0, satisfied: 0 };
    return `  ${id.padEnd(28)} ${String(violated).padStart(7)} violated ${String(satisfied).padStart(7)} satisfied`;
  });
  const { judged, admitted, invalid, policies } = tally;
  return [
    `${judged} pods judged by ${policies.size} policies, ${perSecond}/s, seed ${seed}`,
    `  ${admitted} would be admitted; ${invalid} more were drawn that are not valid`,
    ...controls,
    '',
  ].join('\n');
}
