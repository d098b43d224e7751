import { PASS, SKIP, type Outcome } from '../outcome.ts';
import { evaluateVariable, reasonOf, type Context } from './cel/expression.ts';
import { isMap, stringAt, type CelMap, type CelValue } from './cel/values.ts';
import { clip } from './clip.ts';
import type { CompiledCheck } from './compile.ts';
import { matchesKind, podSpecPath } from './matching.ts';

/** An object to judge, and its Namespace, which is null for those that are in none. */
export interface CustomInput {
  readonly object: CelMap;
  readonly namespaceObject: CelValue;
}

/** Told why a messageExpression gave no message. */
export type OnNoMessage = (why: string) => void;

function podSpecOf(object: CelMap): CelValue {
  const path = podSpecPath(stringAt(object, 'apiVersion'), stringAt(object, 'kind'));
  if (path === undefined) return null;
  return path.reduce<CelValue>((value, key) => (isMap(value) ? (value.get(key) ?? null) : null), object);
}

/** The library asks its own kind of map for a field when an expression does, and keeps what it got. */
function lazily(variables: CompiledCheck['variables'], context: Context): ReadonlyMap<string, unknown> {
  const get = (name: string): unknown => {
    const variable = variables.find((each) => each.name === name);
    return variable === undefined ? undefined : evaluateVariable(name, variable.evaluate, context);
  };
  return Object.assign(new Map<string, unknown>(), { get });
}

function contextOf({ variables, params }: CompiledCheck, { object, namespaceObject }: CustomInput): Context {
  const context = { object, namespaceObject, podSpec: podSpecOf(object), params };
  return variables.length === 0 ? context : Object.assign(context, { variables: lazily(variables, context) });
}

function messageOf({ definition, messageExpression }: CompiledCheck, context: Context, onNone: OnNoMessage): string {
  const fallback = definition.message ?? definition.title;
  if (messageExpression === undefined) return clip(fallback);
  try {
    const message = messageExpression(context);
    if (typeof message === 'string' && message.trim() !== '') return clip(message);
    onNone(typeof message === 'string' ? 'it is empty' : 'it is no string');
  } catch (error) {
    onNone(reasonOf(error));
  }
  return clip(fallback);
}

/**
 * What a check says of an object: it holds only if its expression is true. Neither an error nor any other value is ever a
 * pass. A messageExpression that gives no message leaves the finding with its plain one.
 */
export function evaluateCheck(check: CompiledCheck, input: CustomInput, onNoMessage: OnNoMessage): Outcome {
  const { definition } = check;
  const { object } = input;
  if (!matchesKind(definition.match.kinds, stringAt(object, 'apiVersion'), stringAt(object, 'kind'))) return SKIP;
  try {
    const context = contextOf(check, input);
    const holds = check.expression(context);
    if (holds === true) return PASS;
    if (holds !== false) return { reason: 'Error', message: 'the expression gave neither true nor false' };
    const { path } = definition;
    const message = messageOf(check, context, onNoMessage);
    return [path === undefined ? { message } : { message, path: clip(path) }];
  } catch (error) {
    return { reason: 'Error', message: clip(reasonOf(error)) };
  }
}
