import type { Judged, Judgement, UndecidedCheck } from '../../judge.ts';
import { PASS, SKIP, type Outcome } from '../../outcome.ts';
import { celValue, isMap, stringAt, type CelMap, type CelValue } from '../cel/values.ts';
import { compile, type Compiled } from '../compile.ts';
import { customCheckId, type CustomCheck, type CustomProblem } from '../custom-check.ts';
import { evaluateCheck, type CustomInput } from '../evaluate.ts';
import { CUSTOM_LIMITS } from '../limits.ts';
import { matchesKind } from '../matching.ts';
import { runTests } from '../test-cases.ts';
import type { Answer, Job, Progress, WorkerStart } from './protocol.ts';

/** A check, and how far it came: compiled, with problems, or disabled for a reason. */
interface Prepared {
  readonly definition: CustomCheck;
  readonly compiled: Compiled | { readonly disabled: string };
}

function prepare({ checks, params, disabled }: Omit<WorkerStart, 'progress'>, progress: Progress): Prepared[] {
  const values = celValue(JSON.stringify(params));
  return checks.map((definition, index) => {
    const why = disabled.get(index);
    if (why !== undefined) return { definition, compiled: { disabled: why } };
    progress.begin(index);
    const compiled = compile(definition, values);
    progress.begin();
    return { definition, compiled };
  });
}

function unable(compiled: Exclude<Prepared['compiled'], { readonly id: string }>): Outcome {
  if ('disabled' in compiled) return { reason: 'Error', message: `disabled: ${compiled.disabled}` };
  const [first] = compiled.problems;
  return { reason: 'Error', message: `${first?.field ?? 'expression'}: ${first?.message ?? 'cannot be read'}` };
}

function outcomeOf({ definition, compiled }: Prepared, input: CustomInput): Outcome {
  if ('id' in compiled) return evaluateCheck(compiled, input, () => undefined);
  const { object } = input;
  const isMatched = matchesKind(definition.match.kinds, stringAt(object, 'apiVersion'), stringAt(object, 'kind'));
  return isMatched ? unable(compiled) : SKIP;
}

function readObject(json: string): CelMap | string {
  if (json.length > CUSTOM_LIMITS.objectLength)
    return `the object is larger than ${CUSTOM_LIMITS.objectLength} characters`;
  try {
    const value = celValue(json);
    return isMap(value) ? value : 'the object is no JSON object';
  } catch (error) {
    return error instanceof RangeError ? 'the object nests too deeply' : 'the object is no JSON';
  }
}

function readNamespace(json: string | undefined): CelValue | undefined {
  if (json === undefined) return null;
  const value = readObject(json);
  return typeof value === 'string' ? undefined : value;
}

/** One judgement for all checks, in the order in which they are listed. */
function judgeAll(prepared: readonly Prepared[], input: CustomInput, progress: Progress): Judgement {
  const findings: Judged[] = [];
  const undecided: UndecidedCheck[] = [];
  const skipped: string[] = [];
  for (const [index, each] of prepared.entries()) {
    progress.begin(index);
    const outcome = outcomeOf(each, input);
    progress.begin();
    const check = customCheckId(each.definition.name);
    if (outcome === PASS) continue;
    if (outcome === SKIP) skipped.push(check);
    else if ('reason' in outcome) undecided.push({ check, ...outcome });
    else findings.push(...outcome.map((violation) => ({ check, severity: each.definition.severity, ...violation })));
  }
  return { findings, undecided, skipped };
}

function undecidable(prepared: readonly Prepared[], message: string): Judgement {
  const undecided = prepared.map(({ definition }): UndecidedCheck => ({
    check: customCheckId(definition.name),
    reason: 'Malformed',
    message,
  }));
  return { findings: [], undecided, skipped: [] };
}

function judgeJson(
  prepared: readonly Prepared[],
  { objectJson, namespaceJson }: Extract<Job, { readonly type: 'judge' }>,
  progress: Progress,
): Judgement {
  const object = readObject(objectJson);
  if (typeof object === 'string') return undecidable(prepared, object);
  const namespaceObject = readNamespace(namespaceJson);
  if (namespaceObject === undefined) return undecidable(prepared, 'the Namespace of the object cannot be read');
  return judgeAll(prepared, { object, namespaceObject }, progress);
}

function verify(prepared: Prepared | undefined, index: number, progress: Progress): readonly CustomProblem[] {
  if (prepared === undefined || 'disabled' in prepared.compiled) return [];
  if ('problems' in prepared.compiled) return prepared.compiled.problems;
  const problems = runTests(prepared.compiled, () => progress.begin(index));
  progress.begin();
  return problems;
}

/** Reads all expressions, and gives what does the jobs. Before each step that may run long it says which check it is about. */
export function worker(start: Omit<WorkerStart, 'progress'>, progress: Progress): (job: Job) => Answer {
  const prepared = prepare(start, progress);
  return (job) => {
    progress.begin();
    if (job.type === 'judge') return { type: 'judged', judgement: judgeJson(prepared, job, progress) };
    return { type: 'verified', problems: verify(prepared[job.index], job.index, progress) };
  };
}
