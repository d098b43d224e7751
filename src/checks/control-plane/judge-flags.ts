import type { ComponentFacts, ComponentName } from '../../inventory/facts/component.ts';
import type { ClusterInput, Decision, Undecided, Violation } from '../check.ts';
import { PASS } from '../check.ts';
import type { FlagCondition, FlagRule, Want } from './flag-rules.ts';

/** Whether a rule holds for one component; a reason where that cannot be known. */
type Answer = 'holds' | 'broken' | 'skipped' | Undecided;

const itemsOf = (value: string): readonly string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const isLoopback = (address: string): boolean => /^127\.\d+\.\d+\.\d+$/.test(address) || address === '::1';

/** What a script leaves to its own variables, or the kubelet to a variable that has its value elsewhere. */
const isVariable = (value: string): boolean => /\$[({\w]/.test(value);

/** Whether a value is as wanted; undefined if that depends on what cannot be seen. */
function satisfies(want: Want, value: string | undefined, others: readonly ComponentFacts[]): boolean | undefined {
  if (want.op === 'set') return value !== undefined && value !== '';
  if (want.op === 'unset') return value === undefined || value === '';
  if (want.op === 'inFile') return value === undefined ? true : undefined;
  if (value !== undefined && isVariable(value)) return undefined;
  return value === undefined ? withoutValue(want) : withValue(want, value, others);
}

type Compared = Exclude<Want, { readonly op: 'set' | 'unset' | 'inFile' }>;

/** Of a list that is not there it can only be said what it lacks. */
const withoutValue = ({ op }: Compared): boolean => op === 'lacks' || op === 'within' || op === 'differs';

function withValue(want: Compared, value: string, others: readonly ComponentFacts[]): boolean {
  switch (want.op) {
    case 'is':
      return value === want.value;
    case 'atLeast':
      return /^\d+$/.test(value) && Number(value) >= want.number;
    case 'has':
      return itemsOf(value).includes(want.item);
    case 'lacks':
      return !itemsOf(value).includes(want.item);
    case 'within':
      return itemsOf(value).every((item) => want.items.includes(item));
    case 'loopback':
      return isLoopback(value);
    case 'differs':
      return !others.some(({ component, flags }) => component === want.component && flags[want.flag] === value);
    default:
      return want satisfies never;
  }
}

function holds({ flag, want, absent }: FlagCondition, { flags }: ComponentFacts): boolean {
  return satisfies(want, flags[flag] ?? absent, []) === true;
}

const hidden = (message: string): Undecided => ({ reason: 'NotProvided', message });

function answer(rule: FlagRule, facts: ComponentFacts, all: readonly ComponentFacts[]): Answer {
  const { component, flag, want, absent, unless = [], movedTo, overruledBy } = rule;
  const { flags } = facts;
  if (unless.some((condition) => holds(condition, facts))) return 'skipped';
  const decides = [overruledBy, flags[flag] === undefined ? movedTo : undefined].find(
    (file) => file !== undefined && flags[file] !== undefined,
  );
  if (decides !== undefined) {
    return hidden(`--${decides} of ${component} names a file that decides about --${flag}, and files are not seen`);
  }
  const isSatisfied = satisfies(want, flags[flag] ?? absent, all);
  if (isSatisfied !== undefined) return isSatisfied ? 'holds' : 'broken';
  return hidden(
    want.op === 'inFile'
      ? `${want.what} stands in the file that --${flag} of ${component} names, and files are not seen`
      : `--${flag} of ${component} is set by a variable whose value is not seen`,
  );
}

/** What is wrong with a flag, for people: what is wanted, and never the value itself. */
function complaint({ component, flag, want }: FlagRule): string {
  const name = `--${flag}`;
  switch (want.op) {
    case 'set':
      return `${component} runs without ${name}`;
    case 'unset':
      return `${component} runs with ${name}`;
    case 'is':
      return `${component} does not run with ${name}=${want.value}`;
    case 'atLeast':
      return `${name} of ${component} is not at least ${want.number}`;
    case 'has':
      return `${name} of ${component} lacks ${want.item}`;
    case 'lacks':
      return `${name} of ${component} has ${want.item}`;
    case 'within':
      return `${name} of ${component} has values that are known to be weak`;
    case 'loopback':
      return `${component} does not run with ${name}=127.0.0.1, and is served on every address of its node`;
    case 'differs':
      return `${component} trusts, by ${name}, the same authority as ${want.component} does by --${want.flag}`;
    case 'inFile':
      return `${name} of ${component} cannot be judged`;
    default:
      return want satisfies never;
  }
}

/** Tells rules about one flag apart. */
function keyOf({ component, flag, want }: FlagRule): string {
  const more = 'item' in want ? [want.op, want.item] : want.op === 'differs' ? [want.op] : [];
  return [component, flag, ...more].join(' ');
}

/** On which nodes, where it is not on all that run the component. */
function whereOf(broken: readonly ComponentFacts[], all: readonly ComponentFacts[]): string {
  const nodes = [...new Set(broken.map(({ node }) => node).filter((node) => node !== ''))].sort();
  return broken.length === all.length || nodes.length === 0 ? '' : `, on ${nodes.join(' and ')}`;
}

function judgeRule(rule: FlagRule, all: readonly ComponentFacts[]): Violation | Undecided | undefined {
  const instances = all.filter(({ component }) => component === rule.component);
  const answers = instances.map((facts) => [facts, answer(rule, facts, all)] as const);
  const broken = answers.filter(([, each]) => each === 'broken').map(([facts]) => facts);
  if (broken.length === 0) {
    const [first] = answers.flatMap(([, each]) => (typeof each === 'string' ? [] : [each]));
    return first;
  }
  const message = complaint(rule) + whereOf(broken, instances);
  return { path: rule.flag, message, key: keyOf(rule), ...(rule.severity && { severity: rule.severity }) };
}

/** Where no part of a control plane runs as a static pod, its provider keeps it out of sight. */
function unseen(component: ComponentName): Undecided {
  return { reason: 'ManagedControlPlane', message: `${component} does not run as a static pod of this cluster` };
}

/**
 * The verdict of rules over all instances of the components they name: what one instance violates is violated. Where nothing
 * is violated, one rule that cannot be decided leaves the whole undecided.
 */
export function judgeFlags(rules: readonly FlagRule[], { cluster }: ClusterInput): Decision | Undecided {
  const { components } = cluster;
  const missing = rules.find((rule) => !components.some(({ component }) => component === rule.component));
  if (missing !== undefined) return unseen(missing.component);
  const results = rules.flatMap((rule) => judgeRule(rule, components) ?? []);
  const violations = results.filter((result): result is Violation => !('reason' in result));
  if (violations.length > 0) return violations;
  return results.find((result): result is Undecided => 'reason' in result) ?? PASS;
}
