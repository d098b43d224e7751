import type { CustomCheck, CustomProblem, Json } from './custom-check.ts';
import { definitionProblems } from './definition.ts';
import { DEFAULT_BOUNDS } from './evaluator.ts';
import { createRunner } from './worker/runner.ts';
import type { WorkerBounds } from './worker/session.ts';

/**
 * What is wrong with the checks of a profile: their definitions, and if these are right, their expressions and their test
 * cases, which run in a thread with the bounds of one. Empty if all is well.
 */
export async function verifyCustomChecks(
  checks: readonly CustomCheck[],
  params: Json = null,
  bounds: Partial<WorkerBounds> = {},
): Promise<readonly CustomProblem[]> {
  const wrong = definitionProblems(checks);
  if (wrong.length > 0 || checks.length === 0) return wrong;
  const problems: CustomProblem[] = [];
  const runner = createRunner({
    ...DEFAULT_BOUNDS,
    ...bounds,
    checks,
    params,
    onDisabled: ({ name }, why) => problems.push({ check: name, field: 'expression', message: why }),
  });
  try {
    for (const [index, { name }] of checks.entries()) {
      const result = await runner.run({ type: 'verify', index });
      if (result.type === 'verified') problems.push(...result.problems);
      if (result.type === 'failed') problems.push({ check: name, field: 'expression', message: result.why });
    }
  } finally {
    await runner.close();
  }
  return problems;
}
