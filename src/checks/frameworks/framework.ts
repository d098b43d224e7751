import type { References } from '../check.ts';

/** How a control comes to its state: by checks that refer to it, by people, or not at all from what the API shows. */
export type Decision = { readonly how: 'checks' } | { readonly how: 'manual' | 'undecidable'; readonly reason: string };

/** One demand of a framework. Which checks decide it stands in the rows of the checks, and nowhere else. */
export type FrameworkControl = Decision & {
  /** As the framework numbers or names it. */
  readonly id: string;
  /** What it demands, in our own words. */
  readonly title: string;
};

/** A published list of demands, in one of its versions. */
export interface Framework {
  /** Lower case, with the version in it where it has several: `cis-1.12`. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  /** In the order of the framework. */
  readonly controls: readonly FrameworkControl[];
  /** The ids of its controls that the row of a check refers to. */
  readonly idsIn: (references: References) => readonly string[];
}

/** A control that checks decide. */
export function byChecks(id: string, title: string): FrameworkControl {
  return { id, title, how: 'checks' };
}

/** A control that only people can decide; the reason completes "it is decided by hand, since". */
export function byHand(id: string, title: string, reason: string): FrameworkControl {
  return { id, title, how: 'manual', reason };
}

/** A control about something that the API does not show, or that is not looked at yet. */
export function hidden(id: string, title: string, reason: string): FrameworkControl {
  return { id, title, how: 'undecidable', reason };
}
