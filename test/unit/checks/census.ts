import { PASS, SKIP, type Abstentions, type Outcome } from '../../../src/checks/check.ts';

/** What the answers of a check come down to. */
export type Answer = 'fails' | 'passes' | 'skips' | 'is undecided';

/** What checks were seen to answer in a run of tests. */
export interface Census {
  /** Notes one answer; `isCase` tells that it was given in a test that people read as a case of the check. */
  readonly note: (check: string, outcome: Outcome, isCase: boolean) => void;
  /** In sentences, what is wrong with the cases, or with the rows, of these checks. */
  readonly complaints: (checks: readonly CountedCheck[]) => readonly string[];
}

export type CountedCheck = Abstentions & { readonly id: string };

/** What it passes on stands in a file that is not seen: without the file it fails, with it it is undecided. */
const NEVER_PASSES: ReadonlySet<string> = new Set(['apiserver-secrets-not-encrypted']);

const isDue: Readonly<Record<Answer, (check: CountedCheck) => boolean>> = {
  fails: () => true,
  passes: ({ id }) => !NEVER_PASSES.has(id),
  skips: ({ maySkip }) => maySkip === true,
  'is undecided': ({ mayBeUndecided }) => mayBeUndecided === true,
};

const ANSWERS = Object.keys(isDue) as Answer[];

/** Counts which answers of which checks have a case. */
export function createCensus(): Census {
  const seen = new Map<string, Set<Answer>>();
  const cases = new Map<string, Set<Answer>>();
  return {
    note(check, outcome, isCase) {
      add(seen, check, answerOf(outcome));
      if (isCase) add(cases, check, answerOf(outcome));
    },
    complaints: (checks) =>
      checks.flatMap((check) => {
        const { id } = check;
        const due = ANSWERS.filter((answer) => isDue[answer](check));
        const missing = due.filter((answer) => cases.get(id)?.has(answer) !== true);
        const denied = [...(seen.get(id) ?? [])].filter((answer) => !due.includes(answer));
        return [
          ...missing.map((answer) => `no case shows that ${id} ${answer}`),
          ...denied.map((answer) => `${id} ${answer}, of which its row knows nothing`),
        ];
      }),
  };
}

function answerOf(outcome: Outcome): Answer {
  if (outcome === PASS) return 'passes';
  if (outcome === SKIP) return 'skips';
  return 'reason' in outcome ? 'is undecided' : 'fails';
}

function add(answers: Map<string, Set<Answer>>, check: string, answer: Answer): void {
  answers.set(check, (answers.get(check) ?? new Set<Answer>()).add(answer));
}
