import { Environment, EvaluationError, ParseError, TypeError as CelTypeError } from '@marcbachmann/cel-js';
import { bind } from './bounds.ts';

/** Values by the names that expressions know. */
export type Context = Readonly<Record<string, unknown>>;

/** An expression that can be evaluated; it throws what `reasonOf` puts in words. */
export type Expression = (context: Context) => unknown;

const BASE = new Environment({
  enableOptionalTypes: true,
  // Kubernetes takes `[object.kind, 'x']`; the strict mode of the library does not.
  homogeneousAggregateLiterals: false,
  limits: { maxAstNodes: 2000, maxDepth: 64, maxListElements: 500, maxMapEntries: 500, maxCallArguments: 8 },
});
for (const name of ['object', 'namespaceObject', 'podSpec', 'params']) BASE.registerVariable(name, 'dyn');

/** What expressions may name: the four values, and `variables` with these fields. */
export function environment(variables: readonly string[]): Environment {
  const own = BASE.clone();
  if (variables.length === 0) return own;
  const schema = Object.fromEntries(variables.map((name) => [name, 'dyn']));
  return own.registerVariable({ name: 'variables', schema });
}

function placeOf(source: string, offset: number): string {
  const before = source.slice(0, offset).split('\n');
  return `at ${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** What an expression met, in one line, with the place in it. */
export function reasonOf(error: unknown): string {
  if (error instanceof ParseError || error instanceof CelTypeError || error instanceof EvaluationError) {
    // The value itself may be none that anyone should read in a report.
    const summary = error.code === 'bool_conversion_error' ? 'bool(): no such value' : error.summary;
    const source = error.node?.input;
    return error.range === undefined || source === undefined
      ? summary
      : `${summary} (${placeOf(source, error.range.start)})`;
  }
  if (error instanceof RangeError && error.message.includes('call stack')) return 'nests too deeply';
  return error instanceof Error ? error.message : String(error);
}

/** Reads an expression that must be of the type, as far as that can be known. Throws what `reasonOf` puts in words. */
export function parseExpression(own: Environment, source: string, type?: 'bool' | 'string'): Expression {
  const parsed = own.parse(source);
  bind(parsed.ast);
  const checked = parsed.check();
  if (!checked.valid) throw checked.error ?? new Error('is not valid');
  if (type !== undefined && checked.type !== type && checked.type !== 'dyn') {
    throw new Error(`must give a ${type}, and gives a ${checked.type}`);
  }
  return parsed as Expression;
}

/** The value of a variable; what it throws says which variable it was. */
export function evaluateVariable(name: string, evaluate: Expression, context: Context): unknown {
  try {
    return evaluate(context);
  } catch (error) {
    throw new EvaluationError({ code: 'variable_error', message: `variables.${name}: ${reasonOf(error)}` });
  }
}
