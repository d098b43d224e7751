import { environment, parseExpression, reasonOf, type Context, type Expression } from './cel/expression.ts';
import type { CelValue } from './cel/values.ts';
import { customCheckId, type CustomCheck, type CustomProblem } from './custom-check.ts';

/** A check whose expressions are read. */
export interface CompiledCheck {
  readonly id: string;
  readonly definition: CustomCheck;
  readonly params: CelValue;
  readonly variables: readonly { readonly name: string; readonly evaluate: Expression }[];
  readonly expression: Expression;
  readonly messageExpression?: Expression;
}

/** Something that can be evaluated, or what hinders it. */
export type Compiled = CompiledCheck | { readonly problems: readonly CustomProblem[] };

/** Reads all expressions of a check, and tells all that is wrong with them. */
export function compile(definition: CustomCheck, params: CelValue): Compiled {
  const problems: CustomProblem[] = [];
  const { variables = [], expression, messageExpression } = definition;
  const names = variables.map(({ name }) => name);
  const read = (field: string, source: string, known: readonly string[], type?: 'bool' | 'string'): Expression => {
    try {
      return parseExpression(environment(known), source, type);
    } catch (error) {
      problems.push({ check: definition.name, field, message: reasonOf(error) });
      return (_context: Context) => undefined;
    }
  };

  const compiled: CompiledCheck = {
    id: customCheckId(definition.name),
    definition,
    params,
    variables: variables.map(({ name, expression: source }, index) => ({
      name,
      evaluate: read(`variables[${name}].expression`, source, names.slice(0, index)),
    })),
    expression: read('expression', expression, names, 'bool'),
    ...(messageExpression === undefined
      ? {}
      : { messageExpression: read('messageExpression', messageExpression, names, 'string') }),
  };
  return problems.length === 0 ? compiled : { problems };
}
