import { SEVERITIES, type Severity } from '../../crds/index.ts';
import type { GrantedRule } from '../../inventory/facts/rbac.ts';
import { namesAllowed, type Ask } from './asks.ts';
import { keyOf } from './named.ts';
import type { Power, ReachSort } from './power.ts';
import { covers, reachSort, type Reach } from './reach.ts';
import { canonicalRule } from './rules.ts';

/** A rule that somebody holds, and where it takes effect. */
export interface HeldRule {
  readonly granted: GrantedRule;
  readonly reach: Reach;
  /** By which binding and subject: what is shown of rules that are equally good depends on this, not on their order. */
  readonly via: string;
}

/** A rule that meets one of the needs of a power. */
export interface Evidence<H extends HeldRule = HeldRule> {
  readonly held: H;
  /** Allowed for these names only; empty for all. */
  readonly names: readonly string[];
}

/** A power that somebody has somewhere, with one rule for each of its needs. */
export interface PowerHeld<H extends HeldRule = HeldRule> {
  readonly power: Power;
  readonly reach: Reach;
  readonly severity: Severity;
  readonly evidence: readonly Evidence<H>[];
}

const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** The milder of two. */
const milder = (a: Severity, b: Severity): Severity => (rankOf(a) > rankOf(b) ? a : b);

/** Orders by severity, the worst first. */
export const worstFirst = (a: Severity, b: Severity): number => rankOf(a) - rankOf(b);

/** How bad it is to be allowed something for these names only; undefined if it is not worth a word. */
function severityOfNames(
  { names: known = {}, otherNames = 'Low' }: Power,
  names: readonly string[],
): Severity | undefined {
  const severities = names.map((name) => (Object.hasOwn(known, name) ? known[name] : undefined) ?? otherNames);
  return severities.filter((severity) => severity !== 'nothing').sort(worstFirst)[0];
}

/** The severity of a rule that is limited to names; it may be worse than without, but not beyond an ordinary namespace. */
function limitedSeverity(power: Power, sort: ReachSort, names: readonly string[]): Severity | undefined {
  const base = power.severity[sort];
  const limited = severityOfNames(power, names);
  if (base === undefined || limited === undefined) return undefined;
  return sort === 'namespace' ? milder(base, limited) : limited;
}

/** The severity with this evidence: what the mildest of the rules leaves. */
function severityWith(power: Power, reach: Reach, evidence: readonly Evidence[]): Severity | undefined {
  const sort = reachSort(reach);
  const severities = evidence.map(({ names }) =>
    names.length === 0 ? power.severity[sort] : limitedSeverity(power, sort, names),
  );
  return severities.reduce((a, b) => (a === undefined || b === undefined ? undefined : milder(a, b)));
}

/** The names for which a rule allows any of what is asked; none for all, undefined if it allows nothing of it there. */
function namesOf({ granted, reach }: HeldRule, asks: readonly Ask[], place: Reach): readonly string[] | undefined {
  if (!covers(reach, place)) return undefined;
  const effective = asks.filter(({ isClusterScoped }) => !isClusterScoped || reach.namespace === undefined);
  const allowed = effective.flatMap((ask) => {
    const names = namesAllowed(granted.rule, ask);
    return names === undefined ? [] : [names];
  });
  if (allowed.length === 0) return undefined;
  return allowed.some((names) => names.length === 0) ? [] : [...new Set(allowed.flat())].sort();
}

/** The same for the same rule of the same role, held in the same way. */
const textOf = ({ granted: { rule, role }, via }: HeldRule): string =>
  [via, keyOf(role), canonicalRule(rule)].join('\0');

/** The rule to show for a need: one without limits before one with names, and else always the same whatever their order. */
function bestFor<H extends HeldRule>(
  asks: readonly Ask[],
  power: Power,
  rules: readonly H[],
  place: Reach,
): Evidence<H> | undefined {
  const candidates = rules.flatMap((held) => {
    const names = namesOf(held, asks, place);
    return names === undefined ? [] : [{ held, names }];
  });
  const rank = ({ names }: Evidence<H>): number => {
    const limited = names.length === 0 ? 'Critical' : severityOfNames(power, names);
    return (limited === undefined ? SEVERITIES.length : rankOf(limited)) + Number(names.length > 0);
  };
  const ranked = candidates.map((each) => ({ each, key: rank(each), text: textOf(each.held) }));
  ranked.sort((a, b) => a.key - b.key || (a.text < b.text ? -1 : Number(a.text > b.text)));
  return ranked[0]?.each;
}

/** The power at a place, if these rules together give it there and it is worth a word. */
export function powerAt<H extends HeldRule>(power: Power, rules: readonly H[], place: Reach): PowerHeld<H> | undefined {
  const evidence = power.needs.map((asks) => bestFor(asks, power, rules, place));
  if (!evidence.every((each) => each !== undefined)) return undefined;
  const severity = severityWith(power, place, evidence);
  return severity === undefined ? undefined : { power, reach: place, severity, evidence };
}
