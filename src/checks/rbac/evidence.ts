import { SEVERITIES, type Severity } from '../../crds/index.ts';
import { compareTexts } from '../../inventory/collections/compare-texts.ts';
import type { GrantedRule } from '../../inventory/facts/rbac.ts';
import { namesAllowed, type Ask } from './asks.ts';
import { keyOf } from './named.ts';
import type { Power, ReachSort } from './power.ts';
import { covers, type Place, type Reach } from './reach.ts';
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

/** What one rule that meets a need makes of the severity; undefined if it is not worth a word. */
function severityBy({ names }: Evidence, power: Power, place: Reach): Severity | undefined {
  return names.length === 0 ? power.severity[place.sort] : limitedSeverity(power, place.sort, names);
}

/** The names for which a rule allows any of what is asked; none for all, undefined if it allows nothing of it there. */
function namesOf({ granted, reach }: HeldRule, asks: readonly Ask[], place: Place): readonly string[] | undefined {
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

/** The rule to show for a need: the worst, of equals one without names, and else always the same whatever their order. */
function bestFor<H extends HeldRule>(
  asks: readonly Ask[],
  power: Power,
  rules: readonly H[],
  place: Reach,
): Evidence<H> | undefined {
  const candidates = rules.flatMap((held) => {
    const names = namesOf(held, asks, place);
    if (names === undefined) return [];
    const evidence = { held, names };
    const severity = severityBy(evidence, power, place);
    const rank = severity === undefined ? SEVERITIES.length : rankOf(severity);
    return [{ evidence, rank: 2 * rank + Number(names.length > 0) }];
  });
  candidates.sort((a, b) => a.rank - b.rank || compareTexts(textOf(a.evidence.held), textOf(b.evidence.held)));
  return candidates[0]?.evidence;
}

/** The power at a place, if these rules together give it there and it is worth a word; as bad as the mildest of them. */
export function powerAt<H extends HeldRule>(power: Power, rules: readonly H[], place: Reach): PowerHeld<H> | undefined {
  const evidence: Evidence<H>[] = [];
  for (const asks of power.needs) {
    const best = bestFor(asks, power, rules, place);
    if (best === undefined) return undefined;
    evidence.push(best);
  }
  const severity = evidence
    .map((each) => severityBy(each, power, place))
    .reduce((a, b) => (a === undefined || b === undefined ? undefined : milder(a, b)));
  return severity === undefined ? undefined : { power, reach: place, severity, evidence };
}
