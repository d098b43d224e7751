import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import type { V1Container } from '@kubernetes/client-node';
import * as fc from 'fast-check';
import { CONTROLS } from '../../../src/checks/pod-security/controls.ts';
import { versionAt, type Control } from '../../../src/checks/pod-security/control.ts';
import { controlsInForce } from '../../../src/checks/pod-security/evaluator.ts';
import { NEWEST_MINOR } from '../../../src/checks/pod-security/index.ts';
import type { ControlId } from '../../../src/checks/pod-security/index.ts';
import type { Admission } from './admission.ts';
import { CARRIERS, controlsViolatedBy, type Carrier } from './carriers.ts';
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
  /** How often a pod stood in each kind of object, and violated something there. */
  readonly carriers: Map<Carrier, { judged: number; violating: number }>;
}

/** A seed to draw by where none is given; whoever draws prints it, so that the same can be drawn again. */
export const randomSeed = (): number => randomInt(2 ** 31);

export const emptyTally = (): Tally => ({
  judged: 0,
  admitted: 0,
  invalid: 0,
  controls: new Map(),
  policies: new Set(),
  carriers: new Map(),
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
  const controls = controlsViolatedBy(pod.carrier, asStored(pod, admission.newestMinor), { level: pod.level, minor });
  assert.deepEqual({ controls }, { controls: answer.controls });
}

function count(tally: Tally, { level, minor, carrier }: PodCase, violated: readonly ControlId[]): void {
  tally.judged += 1;
  if (violated.length === 0) tally.admitted += 1;
  const carried = tally.carriers.get(carrier) ?? { judged: 0, violating: 0 };
  carried.judged += 1;
  if (violated.length > 0) carried.violating += 1;
  tally.carriers.set(carrier, carried);
  tally.policies.add(`${level}:v1.${minor}`);
  for (const { id } of controlsInForce(level, minor)) {
    const times = tally.controls.get(id) ?? { violated: 0, satisfied: 0 };
    times[violated.includes(id) ? 'violated' : 'satisfied'] += 1;
    tally.controls.set(id, times);
  }
}

/** The first version whose API server keeps procMount of a container (ProcMountType is on by default). */
const KEEPS_PROC_MOUNT = 33;

/** The pod as that version of the API server stores it: fields behind a feature gate that is off are dropped. */
function asStored(pod: PodCase, newestMinor: number): PodCase {
  if (newestMinor >= KEEPS_PROC_MOUNT) return pod;
  const without = <C extends V1Container>(container: C): C =>
    Object.assign({}, container, {
      securityContext: { ...container.securityContext, procMount: undefined },
    });
  const { containers, initContainers = [] } = pod.spec;
  const spec = { ...pod.spec, containers: containers.map(without), initContainers: initContainers.map(without) };
  return { ...pod, spec };
}

/** The controls that a server of that version can find violated. */
function controlsOfServer(newestMinor: number): readonly Control[] {
  const inForce = CONTROLS.filter((control) => versionAt(control, newestMinor) !== undefined);
  return newestMinor >= KEEPS_PROC_MOUNT ? inForce : inForce.filter(({ id }) => !id.startsWith('procMount'));
}

/** What a run has left untried; it proves nothing while there is something. */
export function gapsIn(
  { judged, invalid, controls, policies, carriers }: Tally,
  newestMinor: number,
): readonly string[] {
  const unseen = controlsOfServer(newestMinor).flatMap(({ id }) => {
    const { violated, satisfied } = controls.get(id) ?? { violated: 0, satisfied: 0 };
    return [
      ...(violated === 0 ? [`${id} was never violated`] : []),
      ...(satisfied === 0 ? [`${id} was never satisfied`] : []),
    ];
  });
  const unasked = MINORS.flatMap((minor) => [`baseline:v1.${minor}`, `restricted:v1.${minor}`])
    .filter((policy) => !policies.has(policy))
    .map((policy) => `${policy} was never asked for`);
  const uncarried = CARRIERS.filter((carrier) => (carriers.get(carrier)?.violating ?? 0) === 0).map(
    (carrier) => `no ${carrier} ever violated anything`,
  );
  const share = judged / (judged + invalid);
  return [
    ...unseen,
    ...unasked,
    ...uncarried,
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
  const carriers = CARRIERS.map((carrier) => {
    const { judged: seen, violating } = tally.carriers.get(carrier) ?? { judged: 0, violating: 0 };
    return `  ${carrier.padEnd(28)} ${String(violating).padStart(7)} of ${seen} violate something`;
  });
  const { judged, admitted, invalid, policies } = tally;
  return [
    `${judged} pods judged by ${policies.size} policies, ${perSecond}/s, seed ${seed}`,
    `  ${admitted} would be admitted; ${invalid} more were drawn that are not valid`,
    ...controls,
    ...carriers,
    '',
  ].join('\n');
}
