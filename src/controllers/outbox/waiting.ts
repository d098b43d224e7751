import type { NotifiedFinding } from '../../reports/change-set.ts';
import type { ReportKey } from '../../reports/naming.ts';
import type { Unsent } from '../../reports/unsent.ts';

/** What is to be told and was not, as far as is known, by report and target. */
export interface Waiting {
  readonly note: (key: ReportKey, target: string, findings: readonly NotifiedFinding[]) => void;
  readonly delivered: (key: ReportKey, target: string, findings: readonly NotifiedFinding[]) => void;
  /** Whether it was noted before, be it delivered since or not. */
  readonly isNoted: (key: ReportKey, target: string, finding: NotifiedFinding) => boolean;
  /** What a report has to say is still to be told, with what is added to it now. */
  readonly undelivered: (key: ReportKey, added: Unsent) => Unsent;
  /** The report says so: what was delivered need not be remembered any more. */
  readonly settle: (key: ReportKey) => void;
  readonly clear: () => void;
}

interface Entry {
  readonly finding: NotifiedFinding;
  isDelivered: boolean;
}

type Targets = Map<string, Map<string, Entry>>;

export function createWaiting(): Waiting {
  const reports = new Map<ReportKey, Targets>();
  const entriesOf = (key: ReportKey, target: string): ReadonlyMap<string, Entry> =>
    reports.get(key)?.get(target) ?? new Map<string, Entry>();
  const entryOf = (key: ReportKey, target: string, { id, since }: NotifiedFinding): Entry | undefined => {
    const entry = entriesOf(key, target).get(id);
    return entry?.finding.since === since ? entry : undefined;
  };

  return {
    note(key, target, findings) {
      const targets: Targets = reports.get(key) ?? new Map<string, Map<string, Entry>>();
      const entries = targets.get(target) ?? new Map<string, Entry>();
      for (const finding of findings) entries.set(finding.id, { finding, isDelivered: false });
      if (entries.size === 0) return;
      reports.set(key, targets.set(target, entries));
    },
    delivered(key, target, findings) {
      for (const finding of findings) {
        const entry = entryOf(key, target, finding);
        if (entry !== undefined) entry.isDelivered = true;
      }
    },
    isNoted: (key, target, finding) => entryOf(key, target, finding) !== undefined,
    undelivered(key, added) {
      const names = new Set([...(reports.get(key)?.keys() ?? []), ...added.keys()]);
      return new Map(
        Array.from(names, (target) => {
          const news = added.get(target) ?? [];
          const isNews = new Set(news.map(({ id }) => id));
          const left = [...entriesOf(key, target).values()].filter(
            ({ finding, isDelivered }) => !isDelivered && !isNews.has(finding.id),
          );
          return [target, [...left.map(({ finding }) => finding), ...news]] as const;
        }),
      );
    },
    settle(key) {
      const targets = reports.get(key);
      for (const [target, entries] of targets ?? []) {
        for (const [id, { isDelivered }] of entries) if (isDelivered) entries.delete(id);
        if (entries.size === 0) targets?.delete(target);
      }
      if (targets?.size === 0) reports.delete(key);
    },
    clear: () => reports.clear(),
  };
}
