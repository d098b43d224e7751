/** One thing that must be so for the operator to be alive, or ready. */
export interface HealthCheck {
  /** Kebab-case; it is how the answer calls it. */
  readonly name: string;
  /** What is wrong, in a few words; undefined if nothing is. */
  readonly problem: () => string | undefined;
}

export interface HealthAnswer {
  readonly healthy: boolean;
  /** One line per check, as the API server's own `/readyz?verbose` has it; only `ok` for a healthy one not asked to be verbose. */
  readonly body: string;
}

/** Asks all checks. One that throws is a problem, not the end of the answer. */
export function answerHealth(probe: string, checks: readonly HealthCheck[], verbose: boolean): HealthAnswer {
  const results = checks.map((check) => ({ name: check.name, problem: problemOf(check) }));
  const healthy = results.every(({ problem }) => problem === undefined);
  if (healthy && !verbose) return { healthy, body: 'ok\n' };
  const lines = results.map(({ name, problem }) =>
    problem === undefined ? `[+]${name} ok` : `[-]${name} failed: ${problem}`,
  );
  return { healthy, body: [...lines, `${probe} check ${healthy ? 'passed' : 'failed'}`, ''].join('\n') };
}

function problemOf({ problem }: HealthCheck): string | undefined {
  try {
    return problem();
  } catch (error) {
    return `cannot be told: ${error instanceof Error ? error.message : String(error)}`;
  }
}
