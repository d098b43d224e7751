import { API_VERSION, EXCEPTION_SPEC_SCHEMAS, GROUP } from '../../../crds/index.ts';
import { groupOf } from '../../../inventory/facts/object-ref.ts';
import { MalformedField } from '../../../inventory/json-shape.ts';
import {
  ALL_CHECKS,
  readException,
  type Exception,
  type ExceptionKind,
} from '../../../reports/exceptions/exception.ts';
import type { Found } from '../documents.ts';
import { metadataOf } from '../file-object.ts';
import { isObject, shapeProblem, type Json, type ShapeProblem } from '../shape.ts';
import { schemaProblem } from './schema-problem.ts';

type FoundObject = Extract<Found, { readonly sort: 'object' }>;

/** An exception of a file, or why it is none. */
export type GivenException = { readonly exception: Exception } | { readonly problem: ShapeProblem };

const isExceptionKind = (kind: string): kind is ExceptionKind => Object.hasOwn(EXCEPTION_SPEC_SCHEMAS, kind);

const TOP_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** What the rules of the CRD say of a selector beyond its schema. */
function selectorProblem(selector: unknown, path: string): ShapeProblem | undefined {
  if (!isObject(selector)) return undefined;
  const { matchLabels, matchExpressions } = selector;
  const key = Object.keys(isObject(matchLabels) ? matchLabels : {}).find((each) => !LABEL_KEY.test(each));
  if (key !== undefined) return { path: `${path}.matchLabels.${key}`, what: 'is not the key of a label' };
  for (const [index, each] of (Array.isArray(matchExpressions) ? matchExpressions : []).entries()) {
    const { operator, values } = each as Json;
    const hasValues = Array.isArray(values) && values.length > 0;
    const at = `${path}.matchExpressions[${index}].values`;
    if (operator === 'In' || operator === 'NotIn') {
      if (!hasValues) return { path: at, what: `is empty, and ${operator} needs values` };
    } else if (hasValues) return { path: at, what: `is given, and ${String(operator)} has none` };
  }
  return undefined;
}

/** What the rules of the CRD say beyond its schema, of a spec that fulfils it. */
function ruleProblem({ checks, namespaceSelector, match }: Json): ShapeProblem | undefined {
  if (Array.isArray(checks) && checks.includes(ALL_CHECKS) && checks.length > 1)
    return { path: 'spec.checks', what: `holds ${ALL_CHECKS}, which stands for all checks: name no others beside it` };
  return (
    selectorProblem(namespaceSelector, 'spec.namespaceSelector') ??
    selectorProblem(isObject(match) ? match['selector'] : undefined, 'spec.match.selector')
  );
}

function problemOf({ apiVersion, value }: FoundObject, kind: ExceptionKind): ShapeProblem | undefined {
  if (apiVersion !== API_VERSION) return { path: 'apiVersion', what: `is ${apiVersion}; write ${API_VERSION}` };
  const unknown = Object.keys(value).find((field) => !TOP_FIELDS.has(field));
  if (unknown !== undefined) return { path: unknown, what: 'is an unknown field; what it says belongs into spec' };
  const { spec } = value;
  return (
    shapeProblem(kind, value) ??
    schemaProblem(spec, EXCEPTION_SPEC_SCHEMAS[kind], 'spec') ??
    (isObject(spec) ? ruleProblem(spec) : undefined)
  );
}

/**
 * The exception that a document is; undefined if it is something else.
 * @param openNamespace where one goes that names no namespace; undefined if that is not known
 */
export function givenException(found: FoundObject, openNamespace: string | undefined): GivenException | undefined {
  const { apiVersion, kind, value } = found;
  if (groupOf(apiVersion) !== GROUP || !isExceptionKind(kind)) return undefined;
  const problem = problemOf(found, kind);
  if (problem !== undefined) return { problem };
  const { value: metadata } = metadataOf(value, kind === 'SecurityException', openNamespace);
  try {
    // A List may say for its items what they are.
    return { exception: readException({ ...value, kind, metadata }) };
  } catch (error) {
    if (!(error instanceof MalformedField)) throw error;
    const { path, message } = error;
    return { problem: { path, what: message.slice(path.length + 1) } };
  }
}
