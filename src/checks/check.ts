import type { Inputs } from './inputs.ts';
import type { Decision, Outcome, SKIP, Undecided } from './outcome.ts';
import type { CheckRow } from './row.ts';

/** What files of checks are written in, and what others know of checks. */
export type * from './inputs.ts';
export * from './outcome.ts';
export type * from './row.ts';

/**
 * What a check judges. Findings of `pod` checks land, like those of `workload` checks, on the workload; those of `kubelet`
 * checks on the Node that was asked, or on the Cluster if all nodes have their configuration from one place; those of `grant`
 * checks on the binding, or on a role that nothing binds.
 */
export type Target = keyof Inputs;

/** What a check may answer beside pass and violations. The compiler holds a row to what its `evaluate` returns. */
export interface Abstentions {
  /** There are objects to which it does not apply. Default false. */
  readonly maySkip?: boolean;
  /** There are objects about which it cannot decide by itself, whatever can be read. Default false. */
  readonly mayBeUndecided?: boolean;
}

/** A check: a row of data and a pure function. It has no clock, no environment, no I/O. */
export interface CheckOf<T extends Target> extends CheckRow, Abstentions {
  readonly target: T;
  readonly evaluate: (input: Inputs[T]) => Outcome;
}

export type Check = { [T in Target]: CheckOf<T> }[Target];

type Rule<T extends Target> = Omit<CheckOf<T>, 'target' | 'evaluate' | keyof Abstentions> &
  (
    | (Lacks<'maySkip' | 'mayBeUndecided'> & Gives<T, Decision>)
    | (Lacks<'mayBeUndecided'> & Has<'maySkip'> & Gives<T, Decision | typeof SKIP>)
    | (Lacks<'maySkip'> & Has<'mayBeUndecided'> & Gives<T, Decision | Undecided>)
    | (Has<'maySkip' | 'mayBeUndecided'> & Gives<T, Outcome>)
  );

type Lacks<K extends keyof Abstentions> = { readonly [_ in K]?: never };
type Has<K extends keyof Abstentions> = Required<Pick<Abstentions, K>>;
type Gives<T extends Target, O extends Outcome> = { readonly evaluate: (input: Inputs[T]) => O };

const checkOf =
  <T extends Target>(target: T) =>
  (rule: Rule<T>): CheckOf<T> => ({ ...rule, target });

export const podCheck = checkOf('pod');
export const workloadCheck = checkOf('workload');
export const serviceAccountCheck = checkOf('serviceAccount');
export const roleCheck = checkOf('role');
export const bindingCheck = checkOf('binding');
export const grantCheck = checkOf('grant');
export const nodeCheck = checkOf('node');
export const namespaceCheck = checkOf('namespace');
export const serviceCheck = checkOf('service');
export const ingressCheck = checkOf('ingress');
export const networkPolicyCheck = checkOf('networkPolicy');
export const configMapCheck = checkOf('configMap');
export const clusterCheck = checkOf('cluster');
export const kubeletCheck = checkOf('kubelet');
export const admissionWebhookCheck = checkOf('admissionWebhook');
