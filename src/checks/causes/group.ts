import { SEVERITIES, type Severity } from '../../crds/index.ts';
import type { SeenFinding } from '../union.ts';
import { CAUSES, type CauseRow, type Shared } from './table.ts';

/** A finding, and those of the same subject that follow from it. */
export interface CausedFinding extends SeenFinding {
  /** In no order that matters. Absent if there is none. */
  readonly implied?: readonly SeenFinding[];
}

type Identity = Pick<SeenFinding, 'check' | 'container' | 'key'>;

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

const agree = (cause: Identity, implied: Identity, where: readonly Shared[]): boolean =>
  where.every((shared) => cause[shared] === implied[shared]);

/** A finding that only pods have must not hide one of the template, which is there for longer. */
const mayHide = (cause: SeenFinding, implied: SeenFinding): boolean =>
  cause.seenIn === implied.seenIn || cause.seenIn !== 'Pod';

const rowsByImplied: ReadonlyMap<string, readonly CauseRow[]> = multiMap(
  CAUSES.flatMap((row) => row.implies.map((check) => [check, row] as const)),
);

function multiMap<V>(entries: readonly (readonly [string, V])[]): ReadonlyMap<string, readonly V[]> {
  return new Map(
    [...Map.groupBy(entries, ([key]) => key)].map(([key, group]) => [key, group.map(([, value]) => value)]),
  );
}

function directCauses(
  found: SeenFinding,
  byCheck: ReadonlyMap<string, readonly SeenFinding[]>,
): readonly SeenFinding[] {
  return (rowsByImplied.get(found.check) ?? []).flatMap(({ cause, where }) =>
    (byCheck.get(cause) ?? []).filter((each) => agree(each, found, where) && mayHide(each, found)),
  );
}

/** The finding at the top of the chain of causes: the worst, where there are several. */
function topCause(found: SeenFinding, byCheck: ReadonlyMap<string, readonly SeenFinding[]>): SeenFinding {
  const tops = directCauses(found, byCheck).map((cause) => topCause(cause, byCheck));
  return tops.reduce((worst, each) => (isBefore(each, worst) ? each : worst), tops[0] ?? found);
}

const positionOf = new Map(CAUSES.map(({ cause }, index) => [cause, index]));

function isBefore(a: SeenFinding, b: SeenFinding): boolean {
  const bySeverity = rank(a.severity) - rank(b.severity);
  if (bySeverity !== 0) return bySeverity < 0;
  const byRow = (positionOf.get(a.check) ?? 0) - (positionOf.get(b.check) ?? 0);
  return byRow === 0 ? (a.key ?? '') < (b.key ?? '') : byRow < 0;
}

const worstOf = (findings: readonly SeenFinding[]): Severity =>
  findings.map(({ severity }) => severity).reduce((worst, each) => (rank(each) < rank(worst) ? each : worst));

/**
 * Puts findings that follow from another under it (`CAUSES` says which do). Each stands once, as a cause or under one; a cause
 * has the worst severity of all that it stands for. The order of the findings does not matter.
 */
export function groupByCause(findings: readonly SeenFinding[]): readonly CausedFinding[] {
  const byCheck = Map.groupBy(findings, ({ check }) => check);
  const groups = Map.groupBy(findings, (found) => topCause(found, byCheck));
  return [...groups].map(([cause, members]) => {
    const implied = members.filter((each) => each !== cause);
    return implied.length === 0 ? cause : { ...cause, severity: worstOf(members), implied };
  });
}

/** Which findings may have stood for this one, had they been there: by these a finding that comes to light is known again. */
export function possibleCauses(found: Identity): readonly Identity[] {
  return (rowsByImplied.get(found.check) ?? []).flatMap(({ cause, where }) => {
    const direct: Identity = {
      check: cause,
      ...(where.includes('container') && found.container !== undefined && { container: found.container }),
      ...(where.includes('key') && found.key !== undefined && { key: found.key }),
    };
    return [direct, ...possibleCauses(direct)];
  });
}

const sums: ReadonlySet<string> = new Set(CAUSES.filter(({ isSum }) => isSum === true).map(({ cause }) => cause));

/** Whether a cause says no more than the sum of what it implies. */
export const isSumOfImplied = (check: string): boolean => sums.has(check);
