import type { Severity } from '../../crds/index.ts';
import type { ComponentName } from '../../inventory/facts/component.ts';

/** What a flag should be. Lists are compared item by item, never as text. */
export type Want =
  /** It has a value. */
  | { readonly op: 'set' }
  | { readonly op: 'unset' }
  | { readonly op: 'is'; readonly value: string }
  | { readonly op: 'atLeast'; readonly number: number }
  /** The list holds an item, or does not. */
  | { readonly op: 'has'; readonly item: string }
  | { readonly op: 'lacks'; readonly item: string }
  /** Every item of the list is one of these. */
  | { readonly op: 'within'; readonly items: readonly string[] }
  | { readonly op: 'loopback' }
  /** It does not have the value that another component's flag has. */
  | { readonly op: 'differs'; readonly component: ComponentName; readonly flag: string }
  /** What matters stands in the file that it names, which nobody sees through the API. */
  | { readonly op: 'inFile'; readonly what: string };

/** A condition on another flag of the same component. */
export interface FlagCondition {
  readonly flag: string;
  readonly want: Want;
  /** As in a rule. */
  readonly absent?: string;
}

/** One thing that is asked of the command line of a part of the control plane. */
export interface FlagRule {
  readonly component: ComponentName;
  readonly flag: string;
  readonly want: Want;
  /** What the component takes where the flag is not set; without it a flag that is not set has no value. */
  readonly absent?: string;
  /** The rule does not apply where one of these holds. */
  readonly unless?: readonly FlagCondition[];
  /** A flag that names a file which decides instead, if this flag itself is not set. */
  readonly movedTo?: string;
  /** A flag that names a file which decides instead, whether or not this flag is set. */
  readonly overruledBy?: string;
  /** Where it is not that of the check. */
  readonly severity?: Severity;
}

/** A part of a rule that many share. */
type Shared = Partial<Pick<FlagRule, 'absent' | 'unless' | 'movedTo' | 'overruledBy' | 'severity'>>;

/** Rules of one component, each a line: `rule('profiling', { op: 'is', value: 'false' }, { absent: 'true' })`. */
export function rulesOf(component: ComponentName): (flag: string, want: Want, more?: Shared) => FlagRule {
  return (flag, want, more = {}) => ({ component, flag, want, ...more });
}

export const SET: Want = { op: 'set' };
export const UNSET: Want = { op: 'unset' };
export const TRUE: Want = { op: 'is', value: 'true' };
export const FALSE: Want = { op: 'is', value: 'false' };
