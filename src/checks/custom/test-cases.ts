import { PASS, SKIP, type Outcome } from '../outcome.ts';
import { celValue, isMap } from './cel/values.ts';
import type { CompiledCheck } from './compile.ts';
import type { CustomProblem, CustomTest } from './custom-check.ts';
import { evaluateCheck } from './evaluate.ts';

function outcomeWord(outcome: Outcome): CustomTest['expect'] {
  if (outcome === PASS) return 'pass';
  if (outcome === SKIP) return 'skip';
  return 'reason' in outcome ? 'error' : 'fail';
}

function told(outcome: Outcome): string {
  if (outcome === PASS) return 'passes';
  if (outcome === SKIP) return 'is of a kind that the check does not match';
  if ('reason' in outcome) return `gives an error: ${outcome.message}`;
  return `fails: ${outcome[0]?.message ?? ''}`;
}

function failuresOf(check: CompiledCheck, test: CustomTest): string[] {
  const object = celValue(JSON.stringify(test.object));
  if (!isMap(object)) return ['object is no object'];
  const namespaceObject = celValue(JSON.stringify(test.namespaceObject ?? null));
  const failures: string[] = [];
  const outcome = evaluateCheck(check, { object, namespaceObject }, (why) => {
    failures.push(`its messageExpression gives no message: ${why}`);
  });
  if (outcomeWord(outcome) !== test.expect)
    return [...failures, `expected ${test.expect}, but the object ${told(outcome)}`];
  if (test.message === undefined || typeof outcome === 'string' || 'reason' in outcome) return failures;
  const [violation] = outcome;
  if (violation?.message === test.message) return failures;
  return [...failures, `expected the message '${test.message}', but it is '${violation?.message}'`];
}

/** Runs the test cases of a check, and tells in words which do not hold. `before` is called before each. */
export function runTests(check: CompiledCheck, before: () => void): CustomProblem[] {
  const { name, tests = [] } = check.definition;
  return tests.flatMap((test) => {
    before();
    return failuresOf(check, test).map((message) => ({ check: name, field: `tests[${test.name}]`, message }));
  });
}
