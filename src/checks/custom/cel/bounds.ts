import { EvaluationError, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import { CUSTOM_LIMITS } from '../limits.ts';
import { matchesPattern } from './patterns.ts';

/** Evaluates nodes; the library's own. */
interface Evaluator {
  readonly run: (node: Node, context: unknown) => unknown;
}

type Evaluate = (evaluator: Evaluator, node: Node, context: unknown) => unknown;

/** What the library keeps in the node of an expression beyond what it declares, as far as it is used here (cel-js 8.0.0). */
interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly meta: { readonly evaluate: Evaluate; readonly macro?: unknown; readonly alternate?: unknown };
  readonly setMeta: (key: 'evaluate', evaluate: Evaluate) => unknown;
}

/** Gives the value, or undefined for operands that the library itself shall refuse. */
type Method = (receiver: unknown, operands: readonly unknown[]) => unknown;

const { stringLength, listLength } = CUSTOM_LIMITS;

const isString = (value: unknown): value is string => typeof value === 'string';

function joined(receiver: unknown, [separator = '']: readonly unknown[]): string | undefined {
  if (!Array.isArray(receiver) || !receiver.every(isString) || !isString(separator)) return undefined;
  const length = receiver.reduce((sum, { length: part }) => sum + part + separator.length, 0);
  if (length > stringLength + separator.length)
    throw new RangeError(`a string of more than ${stringLength} characters`);
  return receiver.join(separator);
}

/** With a limit the last part is the rest, unless the limit is negative. */
function split(receiver: unknown, [separator, limit = -1n]: readonly unknown[]): readonly string[] | undefined {
  if (!isString(receiver) || !isString(separator) || typeof limit !== 'bigint') return undefined;
  const parts = receiver.split(separator, listLength + 1);
  if (parts.length > listLength || limit < 0n || limit >= BigInt(parts.length)) return parts;
  const last = Number(limit) - 1;
  return last < 0 ? [] : [...parts.slice(0, last), parts.slice(last).join(separator)];
}

/** Methods whose own implementation may take more time, or more memory in one piece, than it may. */
const METHODS: Readonly<Record<string, Method>> = {
  matches: (text, [pattern]) => (isString(text) && isString(pattern) ? matchesPattern(text, pattern) : undefined),
  join: joined,
  split,
};

function refuse(node: Node, message: string): EvaluationError {
  return new EvaluationError({ code: 'limit_exceeded', message, node: node as unknown as ASTNode });
}

/** A value that is made, and not taken from the object, must not double with every step. */
function bounded(value: unknown, node: Node): unknown {
  if (isString(value) && value.length > stringLength) {
    throw refuse(node, `a string of more than ${stringLength} characters`);
  }
  if (Array.isArray(value) && value.length > listLength)
    throw refuse(node, `a list of more than ${listLength} elements`);
  return value;
}

function callOwn(method: Method, evaluator: Evaluator, node: Node, context: unknown): unknown {
  const [, receiver, operands] = node.args as readonly [string, Node, readonly Node[]];
  const value = evaluator.run(receiver, context);
  const others = operands.map((operand) => evaluator.run(operand, context));
  try {
    return method(value, others);
  } catch (error) {
    throw refuse(node, error instanceof Error ? error.message : String(error));
  }
}

function bindNode(node: Node): void {
  const evaluateFreely = node.meta.evaluate;
  const name = node.op === 'rcall' ? (node.args as readonly [string])[0] : '';
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  node.setMeta('evaluate', (evaluator, self, context) => {
    const own = method === undefined ? undefined : callOwn(method, evaluator, self, context);
    return bounded(own ?? evaluateFreely(evaluator, self, context), self);
  });
}

/** Memory of bytes is outside the heap, and so outside its limit. */
function refuseBytes(node: Node): void {
  const isLiteral = node.op === 'value' && node.args instanceof Uint8Array;
  const isCall = node.op === 'call' && (node.args as readonly [string])[0] === 'bytes';
  if (isLiteral || isCall) {
    throw new ParseError({
      code: 'no_bytes',
      message: 'bytes are not available here',
      node: node as unknown as ASTNode,
    });
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'setMeta' in value;
}

function visit(value: unknown): void {
  if (Array.isArray(value)) value.forEach(visit);
  if (!isNode(value)) return;
  refuseBytes(value);
  const isCall = ['call', 'rcall'].includes(value.op) && (value.meta.macro ?? value.meta.alternate) === undefined;
  if (isCall || value.op === '+') bindNode(value);
  visit(value.args);
}

/**
 * Keeps an expression within bounds, before it is first checked or evaluated. The library bounds neither what an expression
 * makes nor how long a regular expression runs, and has no way to replace a function of its own. Throws a ParseError for what is
 * not available at all.
 */
export function bind(root: ASTNode): void {
  visit(root);
}
