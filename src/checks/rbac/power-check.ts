import type { GrantedRule, RbacSubject } from '../../inventory/facts/rbac.ts';
import { finding, grantCheck, SKIP, verdict } from '../check.ts';
import type { CheckOf, CheckRow, Decision, GrantInput, Violation } from '../check.ts';
import { isBuiltInRule } from './built-in.ts';
import { powerAt, worstFirst, type HeldRule, type PowerHeld } from './evidence.ts';
import { rulesHeld } from './held-rules.ts';
import { keyOf, nameOf } from './named.ts';
import { powerIn, type Power } from './power.ts';
import { powerCalled } from './powers.ts';
import { powerOf } from './powers-held.ts';
import { describeReach, reachInto, reachOf } from './reach.ts';
import { describeRule } from './rules.ts';
import { isShippedUserRule, shippedRulesOf, userRoleOf } from './user-roles.ts';

/** What the row of a power's check says beside what the power itself tells. */
export type PowerText = Pick<
  CheckRow,
  'severity' | 'title' | 'why' | 'fix' | 'references' | 'example' | 'unmapped' | 'isOptIn'
>;

/**
 * A check on whoever is given a power. The finding that counts stands on the binding, one for each subject; a role that
 * nothing binds has one of severity Info, as it is no risk before somebody is bound.
 * @param otherWays powers that come to the same; of several the worst is told of
 */
export function powerCheck(id: string, text: PowerText, otherWays: readonly Power[] = []): CheckOf<'grant'> {
  const ways = [powerCalled(id), ...otherWays];
  const isHeldInNamespaces = ways.some(({ severity }) => severity.privileged !== undefined);
  return grantCheck({
    ...text,
    id,
    reads: ['Role', 'ClusterRole'],
    parameters: isHeldInNamespaces ? ['privilegedNamespaces'] : [],
    inFiles: 'defaults',
    maySkip: true,
    evaluate: (input) => {
      const powers = ways.map((power) => powerIn(input.server, power));
      return input.binding === undefined ? onUnboundRole(powers, input) : onBinding(powers, input);
    },
  });
}

/** The worst of several; of equals the first. */
const worstOf = (held: readonly PowerHeld[]): PowerHeld | undefined =>
  held.toSorted((a, b) => worstFirst(a.severity, b.severity))[0];

function onBinding(powers: readonly Power[], { binding, role, rules, parameters }: GrantInput): Decision | typeof SKIP {
  // That the role is missing is a finding of its own.
  if (binding === undefined || (rules ?? shippedRulesOf(role)) === undefined) return SKIP;
  const place = reachOf(binding, parameters);
  const subjects = new Map(binding.subjects.map((subject) => [keyOf(subject), subject]));
  return verdict(
    [...subjects].flatMap(([key, subject]): readonly Violation[] => {
      const subjectRules = rulesHeld(binding, subject, rules, parameters);
      const held = worstOf(powers.flatMap((power) => powerOf(power, subject, subjectRules, place) ?? []));
      if (held === undefined) return [];
      return [finding('subjects', describeHeld(subject, held, role), { key, severity: held.severity })];
    }),
  );
}

function onUnboundRole(powers: readonly Power[], { role, rules = [], parameters }: GrantInput): Decision {
  const reach = reachInto(role.namespace, parameters);
  const own = rules.filter((granted) => isOwnRule(role, granted)).map((granted) => ({ granted, reach, via: '' }));
  const held = worstOf(powers.flatMap((power) => powerAt(power, own, reach) ?? []));
  if (held === undefined) return verdict([]);
  const message = `whoever is bound to it may ${does(held)}, by ${describeRules(held)}`;
  return [finding('rules', message, { severity: 'Info' })];
}

/** Not copied from a role that it aggregates, and not shipped with Kubernetes. */
function isOwnRule(role: GrantInput['role'], { rule, role: source }: GrantedRule): boolean {
  const userRole = userRoleOf(role);
  if (userRole !== undefined && isShippedUserRule(userRole, rule)) return false;
  return keyOf(source) === keyOf(role) && !isBuiltInRule(role, rule);
}

/** `ServiceAccount ci/runner may create pods in the whole cluster, by a rule of ClusterRole runner (create on pods of …)`. */
function describeHeld(subject: RbacSubject, held: PowerHeld, role: GrantInput['role']): string {
  return `${nameOf(subject)} may ${does(held)} ${describeReach(held.reach)}, by ${describeRules(held, role)}`;
}

/** What the power is, and whether it is limited to names. */
function does({ power, evidence }: PowerHeld): string {
  return evidence.some(({ names }) => names.length > 0) ? `${power.does} (some by name)` : power.does;
}

/** The rules, each with the role in whose text it stands if that is not the one that is bound. */
function describeRules({ evidence }: PowerHeld, bound?: GrantInput['role']): string {
  const rules = distinct(evidence.map(({ held }) => held));
  const roles = distinctTexts(rules.map(({ granted }) => sourceOf(granted, bound)));
  const texts = distinctTexts(rules.map(({ granted }) => describeRule(granted.rule)));
  return `${texts.length === 1 ? 'a rule' : 'rules'} of ${roles.join(' and ')} (${texts.join('; ')})`;
}

function sourceOf({ role }: GrantedRule, bound: GrantInput['role'] | undefined): string {
  if (bound === undefined || keyOf(role) === keyOf(bound)) return nameOf(role);
  return `${nameOf(role)}, aggregated into ${nameOf(bound)}`;
}

const distinct = (rules: readonly HeldRule[]): readonly HeldRule[] => [...new Set(rules)];
const distinctTexts = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
