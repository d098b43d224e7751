import { SEVERITIES } from '../crds/index.ts';
import type { Judged, Judgement } from './judge.ts';

/** Where a violation of a workload was seen; `Pod` only if its template does not have it. */
export type SeenIn = 'Template' | 'Pod';

export interface SeenFinding extends Judged {
  readonly seenIn?: SeenIn;
}

/** The judgement of a workload over all its specs. */
export interface UnitedJudgement extends Judgement {
  readonly findings: readonly SeenFinding[];
}

const identity = ({ check, container = '', key = '' }: Judged): string => [check, container, key].join('\0');

const isWorse = (a: Judged, b: Judged): boolean => SEVERITIES.indexOf(a.severity) < SEVERITIES.indexOf(b.severity);

/**
 * The union of what a template and the live pods are guilty of: a violation counts once wherever it is seen, and is
 * called one of the template if it stands there, so that a fixed template shows what is left to restart.
 */
export function unite(template: Judgement | undefined, pods: readonly Judgement[]): UnitedJudgement {
  // Equal judgements are one and the same (share.ts), and say nothing twice.
  const all = [...new Set(template === undefined ? pods : [template, ...pods])];
  const findings = new Map<string, SeenFinding>();
  for (const judgement of all) {
    const seenIn = judgement === template ? 'Template' : 'Pod';
    for (const found of judgement.findings) {
      const known = findings.get(identity(found));
      if (known === undefined) findings.set(identity(found), { ...found, seenIn });
      else if (isWorse(found, known))
        findings.set(identity(found), { ...found, ...(known.seenIn && { seenIn: known.seenIn }) });
    }
  }
  const undecided = new Map(
    all.flatMap((judgement) => judgement.undecided.map((entry) => [entry.check, entry] as const)),
  );
  const [first, ...rest] = all;
  const skipped = (first?.skipped ?? []).filter((check) =>
    rest.every((judgement) => judgement.skipped.includes(check)),
  );
  return { findings: [...findings.values()], undecided: [...undecided.values()], skipped };
}
