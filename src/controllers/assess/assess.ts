import type { ApiUse, CheckOf, Inputs, ServerFacts, Target, Undecided } from '../../checks/check.ts';
import { judge, type Judgement, type OnCheckError } from '../../checks/judge.ts';
import type { CompiledParameters } from '../../checks/parameters.ts';
import type { Selection } from '../../checks/selection.ts';
import type { ObjectRef } from '../../inventory/facts/object-ref.ts';
import type { Inventory } from '../../inventory/inventory.ts';
import type { Assessment } from '../../reports/assemble.ts';
import type { Availability } from './availability.ts';
import type { KubeletAnswers } from '../kubelets/kubelet-answers.ts';

/** What every controller gathers from. */
export interface AssessDeps {
  readonly inventory: Inventory<Judgement>;
  readonly availability: Availability;
  readonly selection: Selection;
  readonly server: () => ServerFacts;
  readonly podSecurityMinor: number;
  readonly parameters: CompiledParameters;
  readonly onCheckError: OnCheckError;
  /** In which versions objects were written; only files tell. */
  readonly apiUses?: () => readonly ApiUse[];
  /** What the kubelets themselves say of their configuration; absent where the ConfigMap of the cluster is to tell. */
  readonly kubelets?: KubeletAnswers;
}

/** An assessment, and the checks whose earlier findings must not be taken for fixed. */
export interface Assessed extends Assessment {
  readonly uncertain: ReadonlySet<string>;
  /** Ids of the checks that came to a verdict. */
  readonly decided: readonly string[];
}

/** The checks that came to a verdict, whichever: the others do not apply, or could not decide. */
function decidedChecks(
  checks: readonly { readonly id: string }[],
  { undecided, skipped }: Judgement,
): readonly string[] {
  const silent = new Set([...skipped, ...undecided.map(({ check }) => check)]);
  return checks.map(({ id }) => id).filter((id) => !silent.has(id));
}

/** How many checks looked and found nothing. */
function passedCount(total: number, { findings, undecided, skipped }: Judgement): number {
  const others = new Set([...findings, ...undecided].map(({ check }) => check));
  return total - new Set([...others, ...skipped]).size;
}

/** The checks of a target that have what they read, and those that lack it. */
function availableChecks<T extends Target>(
  target: T,
  { availability, selection }: AssessDeps,
): { readonly checks: readonly CheckOf<T>[]; readonly blocked: readonly string[] } {
  const all = selection.of(target);
  const blocked = all.filter(availability.isBlocked);
  if (blocked.length === 0) return { checks: all, blocked: [] };
  return { checks: all.filter((check) => !blocked.includes(check)), blocked: blocked.map(({ id }) => id) };
}

/** What a list of checks said of one subject. */
export interface Answers extends Judgement {
  readonly passed: number;
  /** Ids of those that lack what they read. */
  readonly blocked: readonly string[];
  /** Ids of those that came to a verdict. */
  readonly decided: readonly string[];
}

/** A judgement by these checks, with what follows from it. */
export function answersBy(
  checks: readonly { readonly id: string }[],
  judgement: Judgement,
  blocked: readonly string[] = [],
): Answers {
  return {
    ...judgement,
    passed: passedCount(checks.length, judgement),
    blocked,
    decided: decidedChecks(checks, judgement),
  };
}

/** Runs the checks of a target on an input. */
export function answersOf<T extends Target>(target: T, input: Inputs[T], deps: AssessDeps): Answers {
  const { checks, blocked } = availableChecks(target, deps);
  return answersBy(checks, judge(checks, input, deps.onCheckError), blocked);
}

/** One reason for which no check of a target can decide. */
export function undecidedAnswers(target: Target, { reason, message }: Undecided, deps: AssessDeps): Answers {
  const { checks, blocked } = availableChecks(target, deps);
  const undecided = checks.map(({ id }) => ({ check: id, reason, message }));
  return answersBy(checks, { findings: [], undecided, skipped: [] }, blocked);
}

/** Nothing is known that the checks of a target could look at, and it is not said here. */
export function noAnswers(target: Target, { selection }: AssessDeps): Answers {
  const blocked = selection.of(target).map(({ id }) => id);
  return answersBy([], { findings: [], undecided: [], skipped: [] }, blocked);
}

/** What several lists of checks said of one subject. */
export function summedUp(
  answers: readonly Answers[],
): Pick<Assessed, 'findings' | 'undecided' | 'passed' | 'uncertain' | 'decided'> {
  const undecided = answers.flatMap((each) => each.undecided);
  const blocked = answers.flatMap((each) => each.blocked);
  return {
    findings: answers.flatMap(({ findings }) => findings),
    undecided,
    passed: answers.reduce((sum, { passed }) => sum + passed, 0),
    uncertain: new Set([...blocked, ...undecided.map(({ check }) => check)]),
    decided: answers.flatMap(({ decided }) => decided),
  };
}

/**
 * Runs the checks of a target on a subject that has a report only while there is something to say.
 * @param others what checks of other targets said of the same subject
 */
export function assess<T extends Target>(
  target: T,
  subject: ObjectRef,
  input: Inputs[T],
  deps: AssessDeps,
  others: readonly Answers[] = [],
): Assessed {
  return {
    subject,
    createdSeconds: undefined,
    ...summedUp([answersOf(target, input, deps), ...others]),
    catalogueVersion: deps.selection.version(target),
    alwaysReported: false,
  };
}
