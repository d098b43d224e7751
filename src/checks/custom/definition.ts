import { SEVERITIES } from '../../crds/index.ts';
import { EXPECTATIONS, type CustomCheck, type CustomProblem, type CustomTest } from './custom-check.ts';
import { CUSTOM_LIMITS } from './limits.ts';

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** An identifier of CEL. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

type Found = readonly [field: string, message: string];

function tooMany(field: string, list: readonly unknown[], max: number): Found[] {
  return list.length > max ? [[field, `${list.length} are more than the ${max} that one check may have`]] : [];
}

function expressionProblems(field: string, expression: string | undefined): Found[] {
  if (expression === undefined) return [];
  if (expression.trim() === '') return [[field, 'is empty']];
  const { expressionLength: max } = CUSTOM_LIMITS;
  return expression.length > max ? [[field, `${expression.length} characters are more than ${max}`]] : [];
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

function kindProblems({ match: { kinds } }: CustomCheck): Found[] {
  const none: Found[] = kinds.length === 0 ? [['match.kinds', 'is empty: the check would judge nothing']] : [];
  const vague = kinds.flatMap(({ apiVersion, kind }, index): Found[] =>
    apiVersion === undefined && kind !== 'Workload'
      ? [[`match.kinds[${index}]`, `${kind} needs an apiVersion; only Workload is known without`]]
      : [],
  );
  return [...none, ...vague, ...tooMany('match.kinds', kinds, CUSTOM_LIMITS.kinds)];
}

function variableProblems({ variables = [] }: CustomCheck): Found[] {
  const names = variables.map(({ name }) => name);
  return [
    ...tooMany('variables', variables, CUSTOM_LIMITS.variables),
    ...repeated(names).map((name): Found => [`variables[${name}]`, 'the name stands twice']),
    ...variables.flatMap(({ name, expression }): Found[] => [
      ...(VARIABLE.test(name) ? [] : ([[`variables[${name}]`, 'the name is no identifier of CEL']] satisfies Found[])),
      ...expressionProblems(`variables[${name}].expression`, expression),
    ]),
  ];
}

function testProblem({ expect, message }: CustomTest): string | undefined {
  if (!EXPECTATIONS.includes(expect)) return `expect is none of ${EXPECTATIONS.join(', ')}`;
  if (message !== undefined && expect !== 'fail') return 'only a test with expect: fail has a message to compare';
  return undefined;
}

function testProblems({ tests = [] }: CustomCheck): Found[] {
  return [
    ...tooMany('tests', tests, CUSTOM_LIMITS.tests),
    ...repeated(tests.map(({ name }) => name)).map((name): Found => [`tests[${name}]`, 'the name stands twice']),
    ...tests.flatMap((test): Found[] => {
      const problem = testProblem(test);
      return problem === undefined ? [] : [[`tests[${test.name}]`, problem]];
    }),
  ];
}

function nameProblems({ name }: CustomCheck): Found[] {
  const { nameLength: max } = CUSTOM_LIMITS;
  if (NAME.test(name) && name.length <= max) return [];
  return [['name', `must be words of a-z and 0-9 joined by single hyphens, ${max} characters at most`]];
}

function problemsOf(check: CustomCheck): CustomProblem[] {
  const found: Found[] = [
    ...nameProblems(check),
    ...(SEVERITIES.includes(check.severity) ? [] : ([['severity', `is none of ${SEVERITIES.join(', ')}`]] as Found[])),
    ...kindProblems(check),
    ...variableProblems(check),
    ...expressionProblems('expression', check.expression),
    ...expressionProblems('messageExpression', check.messageExpression),
    ...testProblems(check),
  ];
  return found.map(([field, message]) => ({ check: check.name, field, message }));
}

/** What is wrong with checks as such, before anyone reads their expressions. */
export function definitionProblems(checks: readonly CustomCheck[]): CustomProblem[] {
  const { checks: max } = CUSTOM_LIMITS;
  const beyond = checks[max];
  return [
    ...(beyond === undefined
      ? []
      : [{ check: beyond.name, field: 'name', message: `${checks.length} checks are more than ${max}` }]),
    ...repeated(checks.map(({ name }) => name)).map((name) => ({
      check: name,
      field: 'name',
      message: 'two checks have this name',
    })),
    ...checks.flatMap(problemsOf),
  ];
}
