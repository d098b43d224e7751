import type { SubjectKey } from '../inventory/subject-key.ts';

/** On which subjects checks have come to a verdict: what a report that is not there cannot say. */
export interface JudgedSubjects {
  /** The checks that decided on a subject; undefined once there is none of it to judge. */
  readonly note: (key: SubjectKey, decided: readonly string[] | undefined) => void;
  /** Whether the check has decided on at least one subject. */
  readonly hasJudged: (check: string) => boolean;
}

/** Subjects on which the same checks decided; there are few such groups, and many subjects in each. */
interface Group {
  readonly name: string;
  readonly checks: ReadonlySet<string>;
  subjects: number;
}

export function createJudgedSubjects(): JudgedSubjects {
  const groups = new Map<string, Group>();
  const groupOf = new Map<SubjectKey, Group>();

  function leave(key: SubjectKey): void {
    const group = groupOf.get(key);
    if (group === undefined) return;
    groupOf.delete(key);
    group.subjects -= 1;
    if (group.subjects === 0) groups.delete(group.name);
  }

  function join(key: SubjectKey, decided: readonly string[]): void {
    const name = decided.join();
    const group = groups.get(name) ?? { name, checks: new Set(decided), subjects: 0 };
    group.subjects += 1;
    groups.set(name, group);
    groupOf.set(key, group);
  }

  return {
    note(key, decided) {
      leave(key);
      if (decided !== undefined) join(key, decided);
    },
    hasJudged(check) {
      for (const { checks } of groups.values()) if (checks.has(check)) return true;
      return false;
    },
  };
}
