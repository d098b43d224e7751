import type { Severity } from '../../crds/index.ts';

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An object as it stands in a manifest. */
export type JsonObject = Readonly<Record<string, Json>>;

/** Objects that a check judges. `{ kind: 'Workload' }`, without an apiVersion, means each kind that has a pod spec. */
export interface MatchedKind {
  readonly apiVersion?: string;
  readonly kind: string;
}

/** A value with a name, for expressions that come after it: `variables.<name>`. Computed when it is first asked for. */
export interface CustomVariable {
  readonly name: string;
  readonly expression: string;
}

/** What a test case expects: the rule holds, is violated, cannot be evaluated, or is not about this kind of object. */
export const EXPECTATIONS = ['pass', 'fail', 'error', 'skip'] as const;

/** An object, and what the check must say of it. */
export interface CustomTest {
  readonly name: string;
  readonly object: JsonObject;
  /** The object's Namespace. Default: none, as for a cluster-scoped object. */
  readonly namespaceObject?: JsonObject;
  readonly expect: (typeof EXPECTATIONS)[number];
  /** Exactly the message of the finding; only with `expect: fail`. */
  readonly message?: string;
}

/** A check that a cluster's administrators wrote in CEL, in the shape it has in a profile. */
export interface CustomCheck {
  /** In kebab-case; the check's id is made of it. */
  readonly name: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why?: string;
  readonly fix?: string;
  readonly match: { readonly kinds: readonly MatchedKind[] };
  /** Of `object`, `namespaceObject`, `podSpec`, `params` and `variables`; true is good. */
  readonly expression: string;
  /** Default: the title. */
  readonly message?: string;
  /** An expression that makes the message. Where it gives none, `message` holds. */
  readonly messageExpression?: string;
  /** The field at fault, for display only. */
  readonly path?: string;
  readonly variables?: readonly CustomVariable[];
  readonly tests?: readonly CustomTest[];
}

/** Something about a check that its author must mend. */
export interface CustomProblem {
  /** The name of the check. */
  readonly check: string;
  /** Where in the check: `expression`, `variables[team].expression`, `tests[a Pod without labels]`. */
  readonly field: string;
  readonly message: string;
}

/** Findings know a check of a profile by this, which no check of ours begins with. */
export function customCheckId(name: string): string {
  return `custom-${name}`;
}
