import type { Judgement } from '../../judge.ts';
import type { CustomCheck, CustomProblem, Json } from '../custom-check.ts';

/** What the thread is started with. */
export interface WorkerStart {
  readonly checks: readonly CustomCheck[];
  readonly params: Json;
  /** Checks that ended an earlier thread, and why, by their index in `checks`. Their expressions are not touched. */
  readonly disabled: ReadonlyMap<number, string>;
  readonly progress: SharedArrayBuffer;
}

/** Judge an object by all checks, or run the test cases of one. */
export type Job =
  | { readonly type: 'judge'; readonly objectJson: string; readonly namespaceJson?: string }
  | { readonly type: 'verify'; readonly index: number };

/** The answer to a job. The thread also sends one without a job, when it is ready. */
export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'judged'; readonly judgement: Judgement }
  | { readonly type: 'verified'; readonly problems: readonly CustomProblem[] };

const STEP = 0;
const CHECK = 1;
const NO_CHECK = -1;

/** What the thread is at, for the one that watches it: a count of steps, and the check that the present step is about. */
export interface Progress {
  readonly buffer: SharedArrayBuffer;
  /** Begins a step, of a check or of none. */
  readonly begin: (check?: number) => void;
  readonly step: () => number;
  readonly check: () => number | undefined;
}

/** Over a buffer that the other side has made, or over one of its own. */
export function progressIn(buffer = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)): Progress {
  const cells = new Int32Array(buffer);
  return {
    buffer,
    begin: (check = NO_CHECK) => {
      Atomics.store(cells, CHECK, check);
      Atomics.add(cells, STEP, 1);
    },
    step: () => Atomics.load(cells, STEP),
    check: () => {
      // A buffer begins with step 0 and check 0, before anything has run.
      const check = Atomics.load(cells, STEP) === 0 ? NO_CHECK : Atomics.load(cells, CHECK);
      return check === NO_CHECK ? undefined : check;
    },
  };
}
